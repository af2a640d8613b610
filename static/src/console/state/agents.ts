/** All who may sign in, with who of them is away: fetched when it is first wanted, and again when somebody changes. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Absence, Agent } from "../../wire/protocol";
import { api } from "../api";
import { agentsTurn } from "./team";

export const agents = signal<readonly Agent[]>([]);
/** That of agentsTurn for which they were fetched. */
let turn = -1;

async function fetchAgents(): Promise<void> {
  const mine = agentsTurn.value;
  if (turn === mine) return;
  turn = mine;
  try {
    const all = await api.get<{ agents: Agent[] }>("agents");
    if (turn === mine) agents.value = all.agents.filter((a) => !a.disabled);
  } catch {
    turn = -1;
  }
}

export function useAgents(): readonly Agent[] {
  useEffect(() => void fetchAgents(), [agentsTurn.value]);
  return agents.value;
}

/** The absence of an agent that something due at this time falls into, as far as agents have been fetched. */
export function awayAt(all: readonly Agent[], id: string, at: number): Absence | undefined {
  const absence = all.find((a) => a.id === id)?.absence;
  return absence && at > 0 && at < absence.until ? absence : undefined;
}
