import { test } from "node:test";
import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Matter, Progress, Prompt, Template } from "../../wire/protocol";
import { initials } from "../../panel/view/avatar";
import { ideasFor, promptStates } from "./coach";
import type { Known } from "./fit";
import { NO_OUTCOME } from "./outcome";
import { contrast, inkOn, parse } from "../../loader/contrast";
import { inkContrast, isColor } from "./color";

const prompt = (key: string): Prompt => ({ id: key, key, step: "greeting", text: key, help: "", evidence: "", fit: {}, position: 0 });
const tick = (id: string, key: string, state: string): Progress => ({ id, matter_id: "m", what: `prompt:${key}`, state, by: "system", by_id: "", by_name: "", cause: "", why: "", at: 0 });

test("a prompt stands where the last word about it put it", () => {
  const k: Known = { step: "greeting", moods: "fine" };
  const matter = { progress: [tick("1", "a", "done"), tick("2", "b", "done"), tick("3", "b", "open")] } as unknown as Matter;
  assert.deepEqual(promptStates([prompt("a"), prompt("b"), prompt("c")], matter, k).map((s) => s.state), ["done", "open", "open"]);
  assert.deepEqual(promptStates([prompt("a"), prompt("b"), prompt("c")], matter, k, true).map((s) => s.state), ["done", "open", "not_needed"], "closed, what nobody touched was not needed");
  const others = ["a", "d"].map((key) => ({ ...prompt(key), fit: { moods: ["upset" as const] } }));
  assert.deepEqual(promptStates(others, matter, k).map((s) => s.prompt.key), ["a"], "made for others, it stays only where something touched it");
});

test("ideas fit the step, best first, and every one comes round", () => {
  const template = (title: string, uses: number, steps: Template["steps"]): Template => ({ id: title, title, shortcut: "", body: "", steps, fit: {}, scope: "site", uses, as_is: NO_OUTCOME, reworded: NO_OUTCOME, worth: 500, updated_at: 0 });
  const all = [template("a", 1, ["closing"]), template("b", 9, ["closing"]), template("c", 5, ["greeting"]), template("d", 1, ["closing", "agreeing"]), template("e", 0, ["closing"]), template("f", 0, ["closing"])];
  assert.deepEqual(ideasFor(all, { step: "closing" }, 0).map((x) => x.id), ["b", "a", "d"]);
  const seen = new Set([0, 1, 2].flatMap((turn) => ideasFor(all, { step: "closing" }, turn).map((x) => x.id)));
  assert.deepEqual([...seen].sort(), ["a", "b", "d", "e", "f"]);
});

test("an owner is told how well the ink that the loader takes is read", () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);
  fc.assert(
    fc.property(color, (c) => {
      const ink = inkOn(c) === "#fff" ? 0xffffff : 0;
      assert.ok(inkContrast(c) >= 4.5, `${ink} on ${c} has ${inkContrast(c)}`);
      assert.ok(inkContrast(c) - contrast(parse(c), ink) < 0.02, c);
    }),
  );
});

test("only six digits are a colour", () => {
  assert.deepEqual(["#B4552d", "#b45", "b4552d", "#b4552g"].map(isColor), [true, false, false, false]);
});

test("one or two letters stand for a name, on both sides alike", () => {
  assert.deepEqual(["Ana Ruiz", "ana", " Ana  María de la Cruz ", "Ben (shop)", "7 Élan", "李 小龙", "", "42"].map(initials), ["AR", "A", "AC", "B", "É", "李小", "", ""]);
});
