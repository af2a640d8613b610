/** Protocol v1: questions to colleagues about a conversation. See protocol.ts. */
import type { AgentCard } from "./protocol";

/** A question that waits for an answer, with the conversation that it is about. */
export interface Consult {
  id: string;
  site_id: string;
  conversation_id: string;
  person: { id: string; name: string; verified: boolean };
  /** What the customer wrote last. */
  text: string;
  by: AgentCard;
  /** Null for a team. */
  to: AgentCard | null;
  /** Name of the team whose members are asked; absent for one colleague. */
  team?: string;
  question: string;
  asked_at: number;
}

/** Those that one may answer, and those that one asked, the oldest first, at most 50 each. */
export interface Consults {
  for_me: Consult[];
  mine: Consult[];
}
