/**
 * Protocol v1: every shape that crosses the wire, as the browser sees it.
 *
 * The Go side of the same shapes is hub/wire; the golden files under static/docs/golden
 * are read by the tests of both. Times are integers, milliseconds since 1970 in UTC.
 * Ids are UUIDv7 text. Clients ignore fields and event types they do not know; the server
 * refuses fields it does not know.
 */

import type { Card, Complaint, CustomerPromise, Feedback } from "./protocol-agreement";
import type { ByHand, Entry } from "./protocol-entry";
import type { Purchase } from "./protocol-import";
import type { Delay } from "./protocol-delay";
import type { Grant } from "./protocol-authority";
import type { SentFile } from "./protocol-files";
import type { Invited } from "./protocol-inviting";
import type { LinkPreview } from "./protocol-link";
import type { ReadAnswer } from "./protocol-quick";
import type { Found } from "./protocol-matters";
import type { GuestEvent } from "./protocol-guest";
import type { TranscriptEvent } from "./protocol-transcript";
import type { WhisperEvent } from "./protocol-oversee";
import type { OrderEvent, TagCard } from "./protocol-order";
import type { AsideEvent, OtherTalk } from "./protocol-unite";
import type { NoteConsent } from "./protocol-privacy";
import type { PersonMerge } from "./protocol-same";

export type * from "./protocol-absence";
export type * from "./protocol-agreement";
export type * from "./protocol-closing";
export type * from "./protocol-authority";
export type * from "./protocol-delay";
export type * from "./protocol-webhook";
export type * from "./protocol-files";
export type * from "./protocol-find";
export type * from "./protocol-frames";
export type * from "./protocol-form";
export type * from "./protocol-guide";
export type * from "./protocol-hours";
export type * from "./protocol-identity";
export type * from "./protocol-inviting";
export type * from "./protocol-link";
export type * from "./protocol-http";
export type * from "./protocol-privacy";
export type * from "./protocol-same";
export type * from "./protocol-quick";
export type * from "./protocol-reach";
export type * from "./protocol-retention";
export type * from "./protocol-routing";
export type * from "./protocol-start";
export type * from "./protocol-consult";
export type * from "./protocol-entry";
export type * from "./protocol-import";
export type * from "./protocol-guest";
export type * from "./protocol-transcript";
export type * from "./protocol-oversee";
export type * from "./protocol-handover";
export type * from "./protocol-unite";
export type * from "./protocol-board";
export type * from "./protocol-visitors";
export type * from "./protocol-teams";
export type * from "./protocol-matters";
export type * from "./protocol-order";

/** The five steps of the interaction cycle. */
export type Step = "greeting" | "understanding" | "agreeing" | "delivering" | "closing";
export const STEPS: readonly Step[] = ["greeting", "understanding", "agreeing", "delivering", "closing"];

/** snoozed: put off until a time. Visitors never see it. */
export type ConversationState = "waiting" | "open" | "snoozed" | "closed";
export type AuthorKind = "person" | "agent" | "system";
/** note: only the team sees it. auto: an automatic reply, never counted as a response. */
export type MessageKind = "reply" | "note" | "auto";
export type PromptState = "open" | "done" | "not_needed";
/** One of the four that every installation has, or the id of one of its own. */
export type Role = BuiltInRole | (string & {});
export type BuiltInRole = "owner" | "admin" | "supervisor" | "agent";

/** Every error, on HTTP and on the socket, has this shape. */
export interface Failure {
  code: string;
  message: string;
  field?: string;
}

/** Limits, named so that both sides agree; the server states them in its hello too. */
export const LIMITS = {
  /** Characters (code points) of one message. */
  text: 10_000,
  /** Bytes of one socket frame. */
  frame: 65_536,
  /** Messages of one page of history. */
  page: 50,
  /** Conversations that one agent's socket listens to fully. */
  open: 50,
  /** Sockets of one agent at once. */
  sockets: 20,
  /** Conversations of one agent's delivered frame. */
  delivered: 100,
} as const;

// ---------------------------------------------------------------- messages and events

/** Who wrote a message, as far as the reader may know. A visitor never gets an agent's e-mail. */
export interface Author {
  kind: AuthorKind;
  id: string;
  name: string;
}

export interface Message {
  id: string;
  conversation_id: string;
  /** The id that the author's client made; sending it again returns the stored message. */
  client_id: string;
  kind: MessageKind;
  author: Author;
  text: string;
  at: number;
  /** On an agent's wire: place among all events. On a visitor's wire: place among public events. */
  seq: number;
  /** What was sent along; absent for nothing. */
  files?: SentFile[];
  /** What its first link leads to; absent while nothing is known of it. */
  link?: LinkPreview;
}

/**
 * An event of one conversation. seq counts without gaps from 1; prev is seq - 1.
 * On a visitor's wire seq is the public sequence: private events do not even leave a hole.
 */
export interface BaseEvent {
  seq: number;
  prev: number;
  at: number;
}
export type ConversationEvent = BaseEvent &
  (
    | { type: "conversation.started" }
    | { type: "message.posted"; message: Message }
    // why: where routing gave it to them, or they were gone; agents only.
    // handed: who had it before handed it to them.
    | { type: "conversation.taken"; agent: AgentCard; from?: AgentCard; handed?: boolean; why?: string }
    | { type: "conversation.released"; agent: AgentCard; why?: string }
    | { type: "conversation.closed"; by: Author }
    | { type: "conversation.reopened"; by: Author }
    // It goes on in another conversation of theirs; another goes on here. messages: the team's alone.
    | { type: "conversation.merged" | "conversation.received"; other: OtherTalk; by: Author }
    /** The last of its conversation: nothing of it is left, and it is to be dropped everywhere. */
    | { type: "conversation.erased" }
    | TranscriptEvent
    | { type: "card.sent" | "card.answered" | "card.withdrawn"; card: Card }
    | { type: "feedback.given"; feedback: Feedback }
    | { type: "promise.made" | "promise.moved" | "promise.kept" | "promise.broken" | "promise.dropped"; promise: CustomerPromise }
    // Agents only, from here on:
    | AsideEvent
    | { type: "promise.handed" | "promise.delayed"; promise: CustomerPromise }
    | { type: "delay.reported" | "delay.settled"; delay: Delay; by: Author }
    | { type: "grant.given" | "grant.asked" | "grant.unanswered" | "grant.refused" | "grant.withdrawn"; grant: Grant }
    | { type: "answers.read"; read: ReadAnswer[] }
    // Routing held it out to them while it waits, or from hands it over, or somebody else for from; they did not take it.
    | { type: "conversation.offered"; agent: AgentCard; from?: AgentCard; by?: Author; why?: string }
    | { type: "invitation.answered"; invited: Invited }
    | { type: "conversation.passed"; agent: AgentCard; from?: AgentCard; why: string }
    | { type: "note.posted"; message: Message }
    | { type: "matter.opened"; matter_id: string; matter: Matter }
    // Another one is the current one now. Its progress is empty.
    | { type: "matter.turned"; matter_id: string; matter: Matter }
    // Need, question, type, mood: read from the words or set by hand. Its progress is empty.
    | { type: "matter.read"; matter_id: string; matter: Matter }
    | { type: "step.moved"; matter_id: string; progress: Progress }
    | { type: "prompt.ticked"; matter_id: string; progress: Progress }
    | { type: "progress.undone"; matter_id: string; progress_id: string; by: Author; step: Step; why: string }
    | { type: "person.updated"; person: Person }
    | { type: "complaint.opened" | "complaint.staged" | "complaint.ended"; complaint: Complaint; by: Author }
    | OrderEvent
    | GuestEvent
    | WhisperEvent
  );

/** An agent as a visitor may see them. */
export interface AgentCard {
  id: string;
  name: string;
  /** Path of the picture on this server, or "" for initials. */
  picture: string;
}

// ---------------------------------------------------------------- the cycle

/** A tick of a prompt or a move of the step. what is "step" or "prompt:KEY". */
export interface Progress {
  id: string;
  matter_id: string;
  what: string;
  /** A step for what "step"; a PromptState for a prompt. */
  state: string;
  by: AuthorKind;
  by_id: string;
  by_name: string;
  /** The message that caused it, or "". */
  cause: string;
  /** One line for people. */
  why: string;
  at: number;
}

export type InteractionType = "request" | "question" | "complaint" | "compliment";
export type Mood = "fine" | "unsure" | "upset";

/** One thing the customer came about. It carries step, prompts and promises. */
export interface Matter {
  id: string;
  number: number;
  step: Step;
  /** Why it is in this step, one line. */
  why: string;
  /** What they came for, the last question of theirs that is open, both in one line; "" while unknown. */
  need: string;
  question: string;
  /** "" while unknown. */
  type: InteractionType | "";
  mood: Mood | "";
  /** Against the message before: 1 rises, -1 falls. */
  trend: -1 | 0 | 1;
  opened_at: number;
  /** Another subject that they have brought up: offered, never opened by itself. */
  concern?: Found;
  /** Something personal that they mentioned, which a note could keep. */
  detail?: Found;
  /** The conversation holds others too; absent for no. */
  beside?: boolean;
  /** When they declined, in words, what was offered last. */
  declined_at?: number;
  /** What stands (nothing undone), oldest first. */
  progress: Progress[];
}

// ---------------------------------------------------------------- the customer

export interface Attribute {
  key: string;
  value: string;
  /** Told by a signed token, not by the page. */
  verified: boolean;
}
export interface PageView {
  url: string;
  title: string;
  at: number;
}
export interface PersonNote {
  id: string;
  text: string;
  by: Author;
  at: number;
  /** Absent for a note that everybody on the team reads, and that stays. */
  sensitive?: NoteConsent;
}
/** The customer: one profile. */
export interface Person {
  id: string;
  /** "" while unknown: the screen then says "Visitor" and the last four characters of the id. */
  name: string;
  email: string;
  /** A signed token has told who this is. */
  verified: boolean;
  /** True where verified, but no token said the name: somebody typed it, and it proves nothing. */
  name_given?: boolean;
  email_given?: boolean;
  /** Written by hand or told by an unsigned call, so it opens nothing. */
  attributes: Attribute[];
  /** Language tag of the browser, "en", "ar". */
  locale: string;
  /** IANA zone of the browser that they used last; absent while unknown. */
  zone?: string;
  /** prospective, new, existing, past; "" while unknown. */
  segment: string;
  first_seen_at: number;
  /** Since when none of their messages is taken; absent while they may write. */
  blocked_at?: number;
}

// ---------------------------------------------------------------- console: lists and view

/** A row of a list in the console. Always a whole snapshot: applying it twice changes nothing. */
export interface Row {
  id: string;
  site_id: string;
  /** Entered by hand, not talked in; absent for a chat. */
  channel?: ByHand;
  state: ConversationState;
  /** verified: a signed token has said who this is, and the name if there is one. */
  person: { id: string; name: string; verified: boolean };
  /** Null while nobody has taken it. */
  assignee: AgentCard | null;
  step: Step;
  last: { by: AuthorKind; kind: MessageKind; text: string; at: number };
  /** Customer messages that no agent has read. */
  unread: number;
  /** Since when the customer waits for a person's answer; 0 while nobody waits. */
  waiting_since: number;
  /** Sort key of every list, ascending: who waits longest first, then the latest talk. */
  rank: number;
  /** The conversation's seq that this row shows. */
  seq: number;
  /** Read as a complaint, or its track is open; absent for neither. */
  complaint?: "read" | "tracked";
  /** It sleeps until then; absent while it does not. */
  snoozed_until?: number;
  /** An agent put it back among the unread, or it woke by itself; absent otherwise. */
  put_back?: boolean;
  /** In the order of their names; absent for none. */
  tags?: TagCard[];
  /** The agent to whom it is held out while it waits, is handed over or wants a guest; absent for nobody. */
  offered_to?: string;
  /** Who answers beside the assignee, in the order in which they joined, at most 5; absent for nobody. */
  guests?: string[];
  /** Everybody may read along where it is held; absent for no. */
  public?: boolean;
  /** The conversation of the same customer that it goes on in; absent for none. */
  merged_into?: string;
  /** The chat beside which the team works on it; absent for what is no aside. */
  split_from?: string;
}

export type ListName = "queue" | "mine" | "open" | "mentions" | "snoozed" | "closed";

/** GET /v1/console/conversations?site=ID&list=queue&after=CURSOR&limit=50 */
export interface RowPage {
  rows: Row[];
  /** Hand back as after for the next page; "" at the end. */
  next: string;
  counts: { queue: number; mine: number; open: number; snoozed: number };
  /** Head of the site's stream when this was read. */
  site_seq: number;
}

/** GET /v1/console/conversations/{id}: all that the console shows of a conversation, in one call. */
export interface ConversationView {
  row: Row;
  /** The last page of messages, oldest first; more at .../messages?before=SEQ. */
  messages: Message[];
  more: boolean;
  /** Lines of the thread that are not messages (taken, closed …), same span, oldest first. */
  events: ConversationEvent[];
  /** Head when this was read: open the live stream with after = seq. */
  seq: number;
  marks: Marks;
  matter: Matter;
  /** Of all matters, oldest first. */
  cards: Card[];
  promises: CustomerPromise[];
  /** What the customer was given or is being asked for, in all conversations, latest first, at most 100. */
  grants: Grant[];
  /** What is reported to be late for the customer and waits for an agent, oldest first; events after it say what became of it. */
  delays: Delay[];
  /** That of the current matter, else the latest. */
  complaint: Complaint | null;
  person: Person;
  notes: PersonNote[];
  /** What agents brought together with this customer in the last 30 days, the latest first. */
  merges?: PersonMerge[];
  pages: PageView[];
  /** Earlier conversations of this customer, latest first, at most 20. */
  earlier: Row[];
  /** What the customer has bought, latest first, at most 50. */
  purchases: Purchase[];
  /** Values for template variables: "customer.first_name" → "Maria". A missing key has no value. */
  variables: Record<string, string>;
  draft: Draft | null;
  /** Was the customer connected when this was read? The watching frame says what comes after. */
  person_online: boolean;
  /** Of a conversation that was entered by hand; absent for a chat. */
  entry?: Entry;
}

export interface Draft {
  kind: "reply" | "note";
  text: string;
  at: number;
}

/** How far each side has got the other's messages; public sequence numbers on a visitor's wire, seq on an agent's. */
export interface Marks {
  person_delivered: number;
  person_read: number;
  /** It is on some agent's screen. */
  agent_delivered: number;
  agent_read: number;
}

// ---------------------------------------------------------------- close codes

/** Why the server closes a socket; "merged" also means that the visitor was blocked or let in again. come: whether the client comes back by itself. */
export const CLOSE: Record<number, { name: string; come: "at once" | "with backoff" | "after a new token" | "never" }> = {
  1001: { name: "server_leaving", come: "with backoff" },
  1002: { name: "protocol_error", come: "with backoff" },
  1007: { name: "not_utf8", come: "never" },
  1009: { name: "frame_too_big", come: "never" },
  1011: { name: "internal", come: "with backoff" },
  4000: { name: "bad_frame", come: "never" },
  4001: { name: "no_hello", come: "with backoff" },
  4002: { name: "unauthorized", come: "after a new token" },
  4003: { name: "revoked", come: "never" },
  4004: { name: "slow_reader", come: "at once" },
  4005: { name: "no_beat", come: "at once" },
  4006: { name: "too_many_frames", come: "with backoff" },
  4007: { name: "too_many_connections", come: "with backoff" },
  4008: { name: "overloaded", come: "with backoff" },
  4010: { name: "merged", come: "at once" },
  4011: { name: "renewed", come: "with backoff" },
};
