import assert from "node:assert/strict";
import { test } from "node:test";
import type { Attributes } from "../../loader/port";
import { About } from "./about";

/** A server that answers when it is told to. */
function slow() {
  const told: Attributes[] = [];
  const answers: { ok(): void; no(): void }[] = [];
  const about = new About({
    teach: (attributes) => new Promise((done, fail) => {
      told.push(attributes);
      answers.push({ ok: () => done({}), no: () => fail(new Error("out of reach")) });
    }),
    send: () => {}, keep: () => {}, known: () => true,
  }, []);
  const learn = (attributes: Attributes) => {
    about.learn(attributes);
    void about.teach();
  };
  const answer = async (how: "ok" | "no") => {
    answers.shift()![how]();
    await new Promise((next) => setImmediate(next));
  };
  return { about, told, learn, answer };
}

test("one call at a time, the latest word last", async () => {
  const { told, learn, answer } = slow();
  learn({ cart: "1" });
  learn({ cart: "2" });
  assert.deepEqual(told, [{ cart: "1" }]);
  await answer("ok");
  assert.deepEqual(told, [{ cart: "1" }, { cart: "2" }]);
  await answer("ok");
  assert.equal(told.length, 2);
});

test("a success takes away only what it carried", async () => {
  const { about, told, learn, answer } = slow();
  learn({ plan: "pro", cart: "1" });
  about.learn({ cart: "2", size: "L" });
  await answer("ok");
  assert.deepEqual(told.at(-1), { cart: "2", size: "L" });
  await answer("no");
  about.connected();
  assert.deepEqual(told.at(-1), { cart: "2", size: "L" }, "told again with the next connection");
});

test("what is under way for one customer is not counted for the next", async () => {
  const { about, told, learn, answer } = slow();
  learn({ plan: "pro" });
  about.forget();
  learn({ plan: "pro" });
  assert.equal(told.length, 2);
  await answer("ok");
  await answer("no");
  about.connected();
  assert.deepEqual(told.at(-1), { plan: "pro" });
  assert.equal(told.length, 3);
});
