/** Shapes of protocol v1 for a conversation that is about several things. */

import type { Matter } from "./protocol";

/** Something found in the customer's words. */
export interface Found {
  /** What they said, in one line and in “quotes”. */
  text: string;
  /** The message. */
  cause: string;
}

/** GET /v1/console/conversations/{id}/matters: what a conversation is about. */
export interface Matters {
  /** In their order; those that were dropped are left out. */
  matters: Matter[];
  /** What the customer said last, null where that is long ago. */
  said: Said | null;
}

/** A message of the customer's and the matter that it was put under. */
export interface Said {
  message_id: string;
  matter_id: string;
  /** Its beginning. */
  text: string;
}
