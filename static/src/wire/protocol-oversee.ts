/** Protocol v1: supervisors who look on, whisper and rearrange. See protocol.ts. */
import type { AgentCard, Author, Row } from "./protocol";

/** What a supervisor whispered to who had the conversation: the note before it says it. Agents only. */
export type WhisperEvent = { type: "whisper.sent"; agent: AgentCard; by: Author; message_id: string };

/** How supervisors look on in their colleagues' conversations. */
export interface Oversight {
  /** Who has one does not see who looks on; absent for they do. */
  unseen?: boolean;
}

/** What one agent has on a site, or what waits in its queue: the most urgent first, at most 50. */
export interface Hands {
  rows: Row[];
  /** There are more than these. */
  more: boolean;
}

/** Where a conversation is moved to: a colleague, whoever of a team comes first, or the queue. */
export type MoveTo = { agent_id: string } | { team_id: string } | { queue: true };
