import assert from "node:assert/strict";
import { test } from "node:test";
import type { Authority, Grant, Me } from "../../wire/protocol";
import { asked } from "./asked";
import { authority, fetchAsked } from "./authority";
import { forgetAgent } from "./leaving";
import { me } from "./session";

const sits = (id: string) => {
  me.value = { agent: { id }, sites: [{ id: "s" }], may: ["grant.decide"] } as unknown as Me;
};
const question = { id: "g", state: "unanswered", by: { id: "tom" } } as Grant;

test("whoever signs in next finds neither what was asked of the one before, nor what they may give", async () => {
  sits("ana");
  asked.value = [question];
  authority.value = {} as Authority;
  forgetAgent();
  assert.deepEqual([asked.value, authority.value], [[], null]);

  // An answer that was on its way for the one before counts for nobody.
  let answer: (told: Response) => void = () => {};
  globalThis.fetch = () => new Promise<Response>((come) => (answer = come));
  const reading = fetchAsked();
  sits("ben");
  answer(Response.json({ grants: [question] }));
  await reading;
  assert.deepEqual(asked.value, []);
});
