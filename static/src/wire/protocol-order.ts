/** Shapes of protocol v1 for how a team keeps its desk in order: tags, sleep, what is put back. */
import type { Author } from "./protocol";

/** A tag as it stands on a conversation. */
export interface TagCard {
  id: string;
  name: string;
}

/** GET /v1/console/sites/{id}/tags: a tag of the site. */
export interface Tag {
  id: string;
  name: string;
  /** Conversations that have it. */
  uses: number;
}

/** What agents hear of it in a conversation. */
export type OrderEvent =
  | { type: "tag.added" | "tag.removed"; tag: TagCard; by: Author }
  | { type: "conversation.snoozed"; until: number; by: Author }
  // By the clock (system), the customer's words, or an agent.
  | { type: "conversation.woken"; by: Author };
