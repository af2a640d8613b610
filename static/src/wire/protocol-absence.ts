/** Agents who are away for a while, and what becomes of their promises. */
import type { AgentCard } from "./protocol";
import type { LedgerRow } from "./protocol-agreement";

/** A time in which an agent is away. What is due in it is handed on. */
export interface Absence {
  /** Who answers meanwhile; null for anyone. */
  to: AgentCard | null;
  /** 0 without an end: they may not sign in any more. */
  until: number;
  /** When somebody ended it; 0 for nobody. */
  ended_at: number;
}
/** An agent's latest absence, null where there was none within two weeks, and their promises. */
export interface AbsenceView {
  absence: Absence | null;
  /** What they answer for now, on all sites, due first, at most 100. */
  open: LedgerRow[];
  /** What was handed on for that absence, as it stands now, due first, at most 100. */
  handed: LedgerRow[];
}
