/** All who may sign in, with who of them is away: fetched when it is first wanted, and again when somebody changes. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Absence, Agent } from "../../wire/protocol";
import { api } from "../api";
import { agentsTurn } from "./team";

/** null while it is not known. */
export const agents = signal<readonly Agent[] | null>(null);
/** They could not be fetched. */
export const agentsFailed = signal(false);
/** That of agentsTurn for which they were fetched. */
let turn = -1;

export async function fetchAgents(): Promise<void> {
  const mine = agentsTurn.value;
  if (turn === mine) return;
  turn = mine;
  agentsFailed.value = false;
  try {
    const all = await api.get<{ agents: Agent[] }>("agents");
    if (turn === mine) agents.value = all.agents.filter((a) => !a.disabled);
  } catch {
    if (turn !== mine) return;
    turn = -1;
    agentsFailed.value = true;
  }
}

/** null while it is not known who there is. */
export function useAgents(): readonly Agent[] | null {
  useEffect(() => void fetchAgents(), [agentsTurn.value]);
  return agents.value;
}

/** The absence of an agent that something due at this time falls into, as far as agents have been fetched. */
export function awayAt(all: readonly Agent[], id: string, at: number): Absence | undefined {
  const absence = all.find((a) => a.id === id)?.absence;
  return absence && at > 0 && at < absence.until ? absence : undefined;
}

/** Whom something due at this time can be handed to first; "" for anyone. */
export function firstAble(all: readonly Agent[], at: number, but = ""): string {
  return all.find((a) => a.id !== but && !awayAt(all, a.id, at))?.id ?? "";
}
