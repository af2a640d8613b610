import test from "node:test";
import assert from "node:assert/strict";
import type { Fit, Prompt } from "../../wire/protocol";
import type { Known } from "./fit";
import { unneeded } from "./unneeded";

const prompt = (key: string, fit: Fit): Prompt => ({ id: key, key, step: "understanding", text: key, help: "", evidence: "", fit, position: 0 });
const k: Known = { step: "understanding", types: "question", moods: "fine", loyalty: "" };

test("what was made for another kind of matter, mood or customer is not needed, and says why", () => {
  const list = unneeded([prompt("sorry", { types: ["complaint"] }), prompt("calm", { types: ["question"], moods: ["unsure", "upset"] }), prompt("any", {})], { progress: [] }, k);
  assert.deepEqual(list.map((x) => [x.prompt.key, x.list, x.is]), [
    ["sorry", ["complaint"], "question"],
    ["calm", ["unsure", "upset"], "fine"],
  ]);
});

test("nothing is said of what is not known, nor of the stage of a complaint", () => {
  assert.deepEqual(unneeded([prompt("loyal", { loyalty: ["exclusive"] }), prompt("listen", { stages: ["listen"] })], { progress: [] }, { ...k, stages: "solve" }), []);
});

test("a prompt that somebody has touched stands where it was put", () => {
  const progress = { id: "p", matter_id: "m", what: "prompt:sorry", state: "done", by: "agent" as const, by_id: "", by_name: "", cause: "", why: "", at: 1 };
  assert.deepEqual(unneeded([prompt("sorry", { types: ["complaint"] })], { progress: [progress] }, k), []);
});
