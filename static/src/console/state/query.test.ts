import assert from "node:assert/strict";
import { test } from "node:test";
import { loosened, offer, pieces, quoted, without } from "./query";

const known = { agents: ["Ben Carter"], people: ["Maria López"], sites: ["Lamp shop"] };

test("a query is cut as the server cuts it", () => {
  const got = pieces(`late -from:"Maria López" https://x.example tag:vip “two words" - form:x`);
  assert.deepEqual(
    got.map((p) => `${p.not ? "-" : ""}${p.name}|${p.value}`),
    ["|late", "-from|Maria López", "|https://x.example", "tag|vip", "|two words", "|-", "|form:x"],
  );
});

test("a chip is taken out and the rest stays", () => {
  const text = `late from:"Maria López" 退款`;
  assert.equal(without(text, pieces(text)[1]!), "late 退款");
});

test("names with spaces stand in quotes", () => {
  assert.equal(quoted("Maria López"), `"Maria López"`);
  assert.equal(quoted(`O"Hara x`), `"OHara x"`);
  assert.equal(quoted("ben"), "ben");
});

test("words become beginnings of words", () => {
  assert.equal(loosened(`late -never "as it is" from:me pack*`), `late* -never "as it is" from:me pack*`);
});

test("filters are offered by their first letters, values by theirs", () => {
  const labels = (text: string) => offer(text, text.length, known)?.options.map((o) => o.insert) ?? [];
  assert.deepEqual(labels("late t"), ["to:", "tag:", "type:", "team:"]);
  assert.deepEqual(labels("-mo"), ["-mood:"]);
  assert.deepEqual(labels("mood:u"), ["mood:unsure", "mood:upset"]);
  assert.deepEqual(labels("from:ló"), [`from:"Maria López"`]);
  assert.deepEqual(labels("to:"), ["to:customer", "to:agent", "to:me", `to:"Ben Carter"`, `to:"Maria López"`]);
  assert.deepEqual(labels("mood:upset"), []);
  assert.deepEqual(labels("late "), []);
  assert.deepEqual(labels("zebra"), []);
});
