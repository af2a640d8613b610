import assert from "node:assert/strict";
import { test } from "node:test";
import type { VNode } from "preact";
import type { Person } from "../../../wire/protocol";
import { InlineEdit } from "./inline";
import { Who } from "./who";

const isField = (n: { type: unknown }) => n.type === InlineEdit;
/** Everything below a node, components of our own opened. */
function below(node: unknown): VNode<Record<string, unknown>>[] {
  if (Array.isArray(node)) return node.flatMap(below);
  if (typeof node !== "object" || node === null) return [];
  const v = node as VNode<Record<string, unknown>>;
  const open = typeof v.type === "function" && !isField(v) && v.type.name !== "Fragment";
  return [v, ...below(open ? (v.type as (p: unknown) => unknown)(v.props) : v.props["children"])];
}
const maria = { id: "p", name: "Maria Lopez", email: "maria@shop.example", verified: false } as Person;
const shown = (person: Person, save: (patch: object) => void = () => {}) => below(Who({ person, save }));
const fields = (nodes: ReturnType<typeof shown>) => nodes.filter((n) => isField(n)).map((n) => n.props as never as { onSave: (v: string) => void });

test("an agent writes name and e-mail, until the site vouches for them", () => {
  const saved: object[] = [];
  const [name, email] = fields(shown(maria, (patch) => saved.push(patch)));
  name?.onSave("Maria L.");
  email?.onSave("");
  assert.deepEqual(saved, [{ name: "Maria L." }, { email: "" }]);

  const signed = shown({ ...maria, verified: true });
  assert.equal(fields(signed).length, 0);
  const words = signed.map((n) => n.props["children"]).filter((c) => typeof c === "string");
  assert.deepEqual(words.slice(0, 2), ["Maria Lopez", "maria@shop.example"]);
  assert.match(words[2] as string, /vouches/, "and says why");
});

test("what was typed of a signed customer says so, and can be put right", () => {
  const saved: object[] = [];
  const nodes = shown({ ...maria, verified: true, name_given: true }, (patch) => saved.push(patch));
  const [name, none] = fields(nodes);
  assert.equal(none, undefined, "the address is the site's word");
  name?.onSave("Maria L.");
  assert.deepEqual(saved, [{ name: "Maria L." }]);
  const words = nodes.map((n) => n.props["children"]).filter((c) => typeof c === "string");
  assert.match(words[0] as string, /not verified/);
  assert.equal(words[1], "maria@shop.example");

  assert.equal(fields(shown({ ...maria, verified: true, name_given: true, email_given: true })).length, 2);
  assert.equal(fields(shown({ ...maria, name: "", verified: true })).length, 1, "a name that no token said can be added");
});
