/** Whom limits are for. */
import { useEffect, useState } from "preact/hooks";
import type { Agent, RoleView, Team } from "../../../wire/protocol";
import { api } from "../../api";
import { agentsTurn } from "../../state/team";

export interface Holders {
  agents: readonly Agent[];
  teams: readonly Team[];
  /** Those of the installation's own. */
  roles: readonly RoleView[];
}

const NOBODY: Holders = { agents: [], teams: [], roles: [] };

async function fetchHolders(): Promise<Holders> {
  const [{ agents }, { teams }, { roles }] = await Promise.all([api.get<{ agents: Agent[] }>("agents"), api.get<{ teams: Team[] }>("teams"), api.get<{ roles: RoleView[] }>("roles")]);
  return limited(agents, teams, roles);
}

/** Whoever sets limits has none, in whatever role. */
export function limited(agents: readonly Agent[], teams: readonly Team[], roles: readonly RoleView[]): Holders {
  const free = new Set(roles.filter((r) => r.id === "owner" || r.permissions.includes("authority.change")).map((r) => r.id));
  return { agents: agents.filter((a) => !a.disabled && !free.has(a.role)), teams, roles: roles.filter((r) => r.own && !free.has(r.id) && r.permissions.includes("grant.give")) };
}

/** Those who can have limits now; nobody until they are known. */
export function useHolders(): Holders {
  const [holders, set] = useState(NOBODY);
  useEffect(() => void fetchHolders().then(set, () => {}), [agentsTurn.value]);
  return holders;
}
