import assert from "node:assert/strict";
import { test } from "node:test";
import type { Agent, RoleView, Team } from "../../../wire/protocol";
import { limited } from "./holders";

const role = (id: string, own: boolean, ...permissions: string[]) => ({ id, own, name: id, permissions }) as unknown as RoleView;
const agent = (id: string, of: string, disabled = false) => ({ id, name: id, role: of, disabled }) as unknown as Agent;

test("limits are for whoever gives and does not set them", () => {
  const roles = [role("owner", false), role("admin", false, "authority.change", "grant.give"), role("agent", false, "grant.give"), role("lead", true, "grant.give"), role("keeper", true, "grant.give", "authority.change"), role("reader", true, "report.read")];
  const agents = [agent("Olga", "owner"), agent("Adam", "admin"), agent("Ben", "agent"), agent("Lea", "lead"), agent("Kit", "keeper"), agent("Gone", "agent", true)];
  const found = limited(agents, [{ id: "t" } as unknown as Team], roles);
  assert.deepEqual(found.agents.map((a) => a.id), ["Ben", "Lea"]);
  assert.deepEqual(found.roles.map((r) => r.id), ["lead"]);
  assert.equal(found.teams.length, 1);
});
