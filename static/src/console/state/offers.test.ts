import assert from "node:assert/strict";
import { test } from "node:test";
import type { Offer } from "../../wire/protocol";
import { forgetAgent } from "./leaving";
import { forgetOffer, hearOffer, nextOffer, offers } from "./offers";

const offer = (conversation_id: string, until: number): Offer => ({
  conversation_id, site_id: "s", until, why: "the only one there", person: { id: "p", name: "", verified: false }, text: "Hello", waiting_since: 1,
});

test("an offer stands once, ends when it is over, and what runs out first is next", () => {
  hearOffer("a", offer("a", 200));
  hearOffer("b", offer("b", 100));
  hearOffer("a", offer("a", 300));
  assert.deepEqual(offers.value.map((o) => o.until), [100, 300]);
  assert.equal(nextOffer()?.conversation_id, "b");
  hearOffer("b", null);
  assert.equal(nextOffer()?.conversation_id, "a");
  hearOffer("a", null);
  assert.deepEqual(offers.value, []);
});

test("what was given stays until it is opened", () => {
  hearOffer("a", offer("a", 0));
  hearOffer("a", null);
  assert.equal(offers.value.length, 1);
  hearOffer("b", offer("b", 500));
  assert.equal(nextOffer()?.conversation_id, "b");
  forgetOffer("a");
  forgetOffer("b");
  assert.equal(nextOffer(), undefined);
});

test("whoever signs in next finds nothing that was offered to the one before", () => {
  hearOffer("a", offer("a", 0));
  forgetAgent();
  assert.deepEqual(offers.value, []);
});
