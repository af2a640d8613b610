import assert from "node:assert/strict";
import { test } from "node:test";
import { withEvents } from "./events";

test("events stand among the attributes by their names", () => {
  const { attributes, recent } = withEvents({ plan: "pro", "event:added to cart": "a lamp" }, ["looked"]);
  assert.deepEqual(attributes, { plan: "pro", "added to cart": "a lamp" });
  assert.deepEqual(recent, ["looked", "added to cart"]);
});

test("the eleventh name takes the place of the one that is longest ago", () => {
  const ten = Array.from({ length: 10 }, (_, i) => `e${i}`);
  const again = withEvents({ "event:e0": "again" }, ten);
  assert.deepEqual(again, { attributes: { e0: "again" }, recent: [...ten.slice(1), "e0"] });
  const next = withEvents({ "event:new": "now" }, again.recent);
  assert.deepEqual(next.attributes, { new: "now", e1: "" });
  assert.equal(next.recent.length, 10);
});

test("of many at once only the last ten are told", () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`event:e${i}`, "x"]));
  const { attributes, recent } = withEvents({ plan: "pro", ...many }, []);
  assert.deepEqual(Object.keys(attributes), ["plan", ...recent]);
  assert.deepEqual(recent, Array.from({ length: 10 }, (_, i) => `e${490 + i}`));
});
