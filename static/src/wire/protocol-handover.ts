/** Protocol v1: conversations that change hands. See protocol.ts. */
import type { AgentCard, Step } from "./protocol";

/** How a site's conversations change hands. */
export interface HandoverRules {
  /** How long somebody has to take what a colleague hands them, 15 to 900. */
  accept_seconds: number;
}

/** What goes with a conversation that is handed over, or to be joined. */
export interface Handing {
  /** They are asked to answer beside from, who keeps it; absent where they are to carry on. */
  joins?: true;
  /** Who has it, and keeps it until it is taken. */
  from: AgentCard;
  /** Who asks, where it is somebody else who may take it over. */
  by?: AgentCard;
  /** The team whose members are asked in turn; absent where they alone were asked. */
  team?: string;
  note?: string;
  step: Step;
  /** What the customer came for; absent until it is known. */
  need?: string;
  /** When our first open promise is due; absent for none. */
  promised_at?: number;
}

/** A colleague who may be asked to carry on. */
export interface Candidate extends AgentCard {
  /** Why they cannot be asked now: absent for days, away, not connected, or sparing themselves anything new. Absent where they can. */
  why?: "absent" | "away" | "gone" | "no_new";
  /** Conversations they have. */
  has: number;
  /** For how many at once. */
  room: number;
}

/** A team that may be asked, and how many of it could carry on now. */
export interface TeamToAsk {
  id: string;
  name: string;
  able: number;
}

/** Who could carry on, those who can take something now first. answer_by: when an answer could be promised instead, 0 for never. */
export interface Candidates {
  people: Candidate[];
  teams: TeamToAsk[];
  answer_by: number;
}

/** To whose conversation was handed over, or was to get a guest, whoever asked: agent has it now, or has joined (why is ""), or has not, and next, if anybody, is asked. */
export interface HandoverFrame {
  type: "handover";
  site_id: string;
  conversation_id: string;
  agent: AgentCard;
  why: string;
  next: AgentCard | null;
  /** They were asked to join; absent where they were to carry on. */
  joins?: true;
}
