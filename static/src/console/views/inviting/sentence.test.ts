import assert from "node:assert/strict";
import { test } from "node:test";
import { learn } from "../../i18n";
import words from "../../i18n/inviting.json" with { type: "json" };
import { plain } from "./rules";
import { sentence } from "./sentence";

globalThis.navigator ??= { language: "en-GB" } as Navigator;

learn(words);

const rule = { id: "1", name: "A", on: true, text: "Hello" };

test("a rule that asks for nothing but time is for everybody", () => {
  assert.equal(sentence({ ...rule, on_page: 20 }), "Invites whoever looks at any page, after 20 seconds on it.");
});

test("all that a rule asks for stands in its sentence", () => {
  const all = sentence({
    ...rule, on_page: 1, on_site: 60, sources: ["search.example", "news.example"], visits: 3, segments: ["existing", "past"], loyalty: ["switcher"], event: "size guide", when: "closed",
    pages: [{ how: "begins", text: "/lamps" }, { how: "is", text: " /cart " }, { how: "contains", text: " " }],
  });
  assert.equal(
    all,
    "Invites whoever looks at a page whose path begins with “/lamps” or is “/cart”, after 1 second on it, after 60 seconds on your site, having come from search.example or news.example, on their visit number 3 or a later one, being an existing customer or a past customer, being a customer who buys here and there, once the page reports “size guide”, outside your opening hours.",
  );
});

test("what asks for nothing is not sent", () => {
  assert.deepEqual(plain({ ...rule, on: false, text: "", pages: [], on_page: 0, event: "", visits: 2 }), { id: "1", name: "A", on: false, text: "", visits: 2 });
});
