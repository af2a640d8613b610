/** Where a site's own server is told what happens, and what came of it. */
import type { AgentCard } from "./protocol";

/** An event that a webhook may be told of. */
export type WebhookKind =
  | "conversation.started"
  | "message.posted"
  | "conversation.taken"
  | "conversation.released"
  | "conversation.closed"
  | "conversation.reopened"
  | "conversation.merged"
  | "feedback.given"
  | "promise.made"
  | "promise.moved"
  | "promise.kept"
  | "promise.broken"
  | "promise.dropped"
  | "conversation.erased";

export interface Webhook {
  id: string;
  url: string;
  kinds: WebhookKind[];
  /** Why nothing is sent, "" while it is: by somebody of the team, a 410, or three days in which nothing was taken. */
  paused: "" | "stopped" | "gone" | "failed";
  by: AgentCard;
  made_at: number;
  /** When something was taken last; 0 for never. */
  sent_at: number;
  /** Since when nothing is taken; 0 while it is. */
  failed_since: number;
  /** When what waits is tried again; 0 where nothing waits. */
  next_at: number;
  /** Until when the secret before signs, too; 0 for no more. */
  old_until: number;
  /** Only in the answers to its making. */
  secret?: string;
}

/** One attempt to send something, without what was said. */
export interface WebhookAttempt {
  number: number;
  event_id: string;
  kind: WebhookKind | "webhook.test";
  at: number;
  /** Of the answer; 0 where there was none. */
  status: number;
  /** Why it was not taken, "" where it was. */
  reason: "" | "refused" | "moved" | "slow" | "closed" | "no_name" | "tls" | "no_way";
  /** ms */
  took: number;
  /** When the same is tried again; 0 for not. */
  next_at: number;
  /** It was an event: all from there on can be sent again. */
  again: boolean;
}
