/** Protocol v1: what agents enter by hand. See protocol.ts. */
import type { AgentCard } from "./protocol";

/** Not a chat, and nobody talks there: entered by an agent, or brought in from elsewhere. */
export type ByHand = "call" | "visit" | "video" | "appointment" | "import" | "aside";

/** What was entered by hand of a conversation. Its notes are the conversation's. */
export interface Entry {
  channel: ByHand;
  began_at: number;
  /** 0 where nobody knows. */
  minutes: number;
  /** Who took part, in the agent's words, or "". */
  party: string;
  by: AgentCard;
}

/** POST /v1/console/people/{id}/entries → Row   that of the conversation which has it */
export interface EntryRequest {
  /** That of its conversation, made by the client: entering it again under it changes nothing. */
  id: string;
  channel: ByHand;
  /** Left out for an appointment, which begins when it is due. */
  began_at?: number;
  minutes: number;
  party: string;
  /** What it was about, or "". */
  need: string;
  /** For the team; "" only with a promise. */
  note: string;
  /** Null for none. An appointment is one, which stands in the customer's open chat where there is one. */
  promise: { client_id: string; text: string; due_at: number; zone?: string; place?: string } | null;
}

/** GET /v1/console/promises/{id}/calendar, GET /v1/widget/promises/{id}/calendar: an appointment as calendars read it (RFC 5545). */
export interface CalendarFile {
  name: string;
  text: string;
}
