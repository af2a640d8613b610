/** What agents may give or decide by themselves, and what they ask supervisors for. */
import type { AgentCard } from "./protocol";

export type GrantUnit = "money" | "days" | "none";
export const GRANT_REASONS = ["late", "faulty", "our_mistake", "long_wait", "loyalty", "hardship", "other"] as const;
export type GrantReason = (typeof GRANT_REASONS)[number];

/** Goodwill or a decision: given, or asked for. Kind, unit and currency are as they were then. */
export interface Grant {
  id: string;
  conversation_id: string;
  matter_id: string;
  person: { id: string; name: string; verified: boolean };
  kind: string;
  name: string;
  unit: GrantUnit;
  currency: string;
  /** Minor units of the currency, days, or 1. */
  amount: number;
  reason: GrantReason;
  note: string;
  /** What the customer needs, as it was read then. */
  summary: string;
  /** unanswered: nobody was there or answered in time; it may still be answered. */
  state: "given" | "asked" | "unanswered" | "refused" | "withdrawn";
  by: AgentCard;
  /** Whose turn it is, or was last. */
  asked_of: AgentCard | null;
  /** When the turn ends; 0 unless it is asked. */
  answer_by: number;
  /** null within one's own limits. */
  decided_by: AgentCard | null;
  words: string;
  /** What the customer was promised meanwhile, or "". */
  promise_id: string;
  asked_at: number;
  at: number;
}

export interface GrantKind {
  key: string;
  name: string;
  nature: "goodwill" | "decision";
  unit: GrantUnit;
}
/** who: "agent", "supervisor", or the id of one agent, whose own limit stands instead. */
export interface Limit {
  who: string;
  kind: string;
  each: number;
  day: number;
  month: number;
}
export interface Left extends Limit {
  /** What is left of it for one grant now. */
  now: number;
}
export interface LimitsRead {
  agent_id: string;
  version: number;
  at: number;
}
export interface LimitWish {
  id: string;
  by: AgentCard;
  text: string;
  at: number;
}
/** What may be given on a site, as one agent sees it. */
export interface Authority {
  version: number;
  currency: string;
  kinds: GrantKind[];
  /** All of them for the owner and admins, else none; read and wishes likewise. */
  limits: Limit[];
  /** Seconds. */
  answer_within: number;
  /** The asking agent has no limits. */
  free: boolean;
  /** Nobody else works here. */
  solo: boolean;
  /** What the asking agent agreed to last. */
  read_version: number;
  /** The asking agent's own; none where they have no limits. */
  left: Left[];
  read: LimitsRead[];
  wishes: LimitWish[];
}
export interface GrantTotal {
  agent: AgentCard;
  kind: string;
  name: string;
  unit: GrantUnit;
  currency: string;
  reason: GrantReason;
  count: number;
  amount: number;
}
