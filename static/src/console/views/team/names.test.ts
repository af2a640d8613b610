import assert from "node:assert/strict";
import { test } from "node:test";
import type { RoleView } from "../../../wire/protocol";
import { PERMISSIONS } from "../../../wire/protocol-teams";
import words from "../../i18n/team.json";
import pages from "../../i18n/pages.json";
import { learn } from "../../i18n";
import { givable, isAbove, permissionName, roleName } from "./names";

learn(pages);
learn(words);

const roles: RoleView[] = [
  { id: "owner", name: "", own: false, permissions: [...PERMISSIONS] },
  { id: "agent", name: "", own: false, permissions: ["conversation.read", "conversation.answer"] },
  { id: "01977a10", name: "Keeper", own: true, permissions: ["key.manage"] },
];

test("a role has a name, its own or one of ours", () => {
  assert.equal(roleName("agent", roles), "Agent");
  assert.equal(roleName("01977a10", roles), "Keeper");
  assert.equal(roleName("gone", roles), "A role of your own");
});

test("every permission has a name", () => {
  for (const p of PERMISSIONS) assert.notEqual(permissionName(p), `may_${p.replace(".", "_")}`, p);
});

test("who may more, and the owner, stand above", () => {
  const few = ["conversation.read", "conversation.answer"] as const;
  assert.deepEqual(
    ["owner", "agent", "01977a10"].map((r) => isAbove(r, roles, few)),
    [true, false, true],
  );
  assert.equal(isAbove("01977a10", roles, PERMISSIONS), false);
});

test("nobody gives what they do not have, nor the owner's role", () => {
  assert.deepEqual(givable(roles, PERMISSIONS).map((r) => r.id), ["agent", "01977a10"]);
  assert.deepEqual(givable(roles, ["conversation.read", "conversation.answer"]).map((r) => r.id), ["agent"]);
});
