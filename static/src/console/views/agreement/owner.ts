/** Who answers for what is promised in a conversation, as the server decides it where nobody is named. */
import type { AgentCard } from "../../../wire/protocol";
import { awayAt, useAgents } from "../../state/agents";
import { rowOf } from "../../state/conversation";
import { me } from "../../state/session";

export interface Owner {
  agent: AgentCard;
  /** Who would have answered for it, but is away then, and until when. */
  away?: { name: string; until: number };
  /** It is oneself who is away: what is due then is handed on. null: to anyone. */
  handedTo?: AgentCard | null;
}

/** For what is due at a time, 0 while that is open. */
export function useOwner(conversation: string): (due: number) => Owner | null {
  const agents = useAgents() ?? [];
  const self = me.value?.agent;
  const holder = rowOf(conversation)?.assignee ?? self;
  return (due) => {
    if (!self || !holder) return null;
    const theirs = holder.id === self.id ? undefined : awayAt(agents, holder.id, due);
    const agent = theirs ? self : holder;
    const own = agent.id === self.id ? awayAt(agents, self.id, due) : undefined;
    return {
      agent,
      ...(theirs && { away: { name: holder.name, until: theirs.until } }),
      ...(own && { away: { name: self.name, until: own.until }, handedTo: own.to }),
    };
  };
}
