/** Protocol v1: copies of a conversation by e-mail. See protocol.ts. */
import type { Author } from "./protocol";

/** A copy that is on its way; to is the address, all but its start masked. */
export interface Transcript {
  to: string;
  at: number;
}

/** by: the customer, or the agent who sent it. */
export type TranscriptEvent = { type: "transcript.sent"; by: Author; to: string };
