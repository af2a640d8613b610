/** Protocol v1: the frames of both sockets. See protocol.ts. */

import type { FormAnswer } from "./protocol-form";
import type {
  AgentCard, Author, AuthorKind, CardChoice, ConversationEvent, ConversationState, CustomerPromise, Failure,
  Marks, Message, PageView, Role, Row, RowPage,
} from "./protocol";
import type { Grant } from "./protocol-authority";
import type { HandoverFrame } from "./protocol-handover";
import type { HeldFollowUp } from "./protocol-closing";
import type { LinkFrame } from "./protocol-link";
import type { Offer, Status } from "./protocol-routing";

// ---------------------------------------------------------------- socket: visitor, /v1/widget/socket

/** First frame, within 5 s of the connection. */
export interface VisitorHello {
  type: "hello";
  protocol: 1;
  token: string;
  /** From the last hello; "" the first time. Another epoch on the server: conversations to resume are answered with reload. */
  epoch: string;
  /** Last public seq seen, per conversation; at most 20. */
  resume: Record<string, number>;
}
export type VisitorFrame =
  | VisitorHello
  | {
      type: "post";
      /** Made by the client, echoed in ack or error. */
      ref: string;
      conversation_id: string;
      client_id: string;
      text: string;
      /** Ids of files that were uploaded for it; the text may be "" then. Absent for none. */
      files?: string[];
      /** The quick answers that they opened before, by id; at most 12. */
      read?: readonly string[];
      /** What the site asks before the first message of a conversation, where it asks. */
      form?: FormAnswer;
    }
  | { type: "typing"; conversation_id: string; on: boolean }
  | { type: "delivered"; conversation_id: string; seq: number }
  | { type: "read"; conversation_id: string; seq: number }
  | { type: "page"; url: string; title: string }
  | { type: "end"; ref: string; conversation_id: string }
  /** Answers a card; answering again with the same choice changes nothing. text: what is missing, the question, the reason. */
  | { type: "answer"; ref: string; conversation_id: string; card_id: string; choice: CardChoice; option?: string; text?: string }
  /** After a gap: send me what comes after seq. */
  | { type: "resume"; conversation_id: string; after: number }
  /** Answer to every beat whose answer is true. */
  | { type: "beat" };

export type ToVisitorFrame =
  | {
      type: "hello";
      protocol: 1;
      epoch: string;
      server_time: number;
      features: string[];
      limits: { text: number; frame: number };
      /** Milliseconds between beats. */
      beat_ms: number;
      /** email: their own, absent while unknown. */
      person: { id: string; name: string; email?: string; verified: boolean; asked?: true };
      /** This visitor's conversations, latest first. */
      conversations: VisitorConversation[];
      presence: Presence;
    }
  | { type: "events"; conversation_id: string; events: ConversationEvent[] }
  /** conversation_id may differ from the one posted to: the visitor already had an open conversation. */
  | { type: "ack"; ref: string; conversation_id: string; message?: Message }
  | ({ type: "error"; ref?: string } & Failure)
  | { type: "typing"; conversation_id: string; agent: AgentCard; on: boolean }
  | { type: "marks"; conversation_id: string; marks: Marks }
  | LinkFrame
  | { type: "presence"; presence: Presence }
  /** The site's settings have changed: ask for the configuration anew, a moment later. */
  | { type: "site" }
  | { type: "beat"; heads: Record<string, number>; answer: boolean }
  /** What you hold of this conversation cannot be continued: fetch it anew. */
  | { type: "reload"; conversation_id: string; reason: "epoch" | "too_far" | "ahead" };

/** Whether somebody is there. */
export interface Presence {
  status: "online" | "away";
  agents: AgentCard[];
}

export interface VisitorConversation {
  id: string;
  state: ConversationState;
  agent: AgentCard | null;
  last: { by: AuthorKind; text: string; at: number };
  unread: number;
  /** Public seq head. */
  seq: number;
  marks: Marks;
}

// ---------------------------------------------------------------- socket: agent, /v1/console/socket (cookie + csrf)

export type AgentFrame =
  | {
      type: "hello";
      protocol: 1;
      csrf: string;
      epoch: string;
      /** Last site_seq seen per site; empty the first time. */
      sites: Record<string, number>;
      /** Opened conversations and the last seq seen of each. */
      open: Record<string, number>;
      /** What counts for an agent who has never said whether they take part; absent for online. */
      status?: "online" | "away";
    }
  /**
   * Listen to a conversation fully; events after seq come first. watch: look on in a colleague's, for
   * who may take over: the audit log says so, nothing is marked as read, and the site's rule says whether they see it.
   */
  | { type: "open"; conversation_id: string; after: number; watch?: boolean }
  | { type: "shut"; conversation_id: string }
  | {
      type: "post";
      ref: string;
      conversation_id: string;
      client_id: string;
      kind: "reply" | "note";
      text: string;
      /** The template it started from last, or absent; others besides, at most 4. */
      template_id?: string;
      other_templates?: string[];
      files?: string[];
    }
  | { type: "typing"; conversation_id: string; kind: "reply" | "note"; on: boolean }
  /** Per conversation, the customer's words up to here are on this agent's screen, in a thread or a list; at most LIMITS.delivered. */
  | { type: "delivered"; seqs: Record<string, number> }
  | { type: "read"; conversation_id: string; seq: number }
  /** The same as PUT /v1/console/me/status without a reason. */
  | { type: "status"; status: Status }
  | { type: "beat" };

export type ToAgentFrame =
  | {
      type: "hello";
      protocol: 1;
      epoch: string;
      server_time: number;
      features: string[];
      limits: { text: number; frame: number };
      beat_ms: number;
      agent: AgentCard & { role: Role };
      /** Head per site. */
      sites: Record<string, number>;
      /** Who waits on each site: how many in the queue, and which conversations of the agent's. */
      waits: Record<string, { queue: number; mine: string[] }>;
      /** Every agent who is connected now. */
      team: TeamMember[];
    }
  /** Changed rows of a site's lists, coalesced. from is the site_seq before it: if it is not what you hold, resume. */
  | { type: "rows"; site_id: string; from: number; site_seq: number; rows: Row[]; counts: RowPage["counts"] }
  | { type: "events"; conversation_id: string; events: ConversationEvent[] }
  | { type: "ack"; ref: string; conversation_id: string; message?: Message }
  | ({ type: "error"; ref?: string } & Failure)
  /** Somebody writes: the customer, or a colleague. Gone after 10 s without another. */
  | { type: "typing"; conversation_id: string; who: Author; kind: "reply" | "note"; on: boolean }
  | { type: "marks"; conversation_id: string; marks: Marks }
  | LinkFrame
  /**
   * Who has this conversation open now, whether the customer is connected, and who has begun to
   * answer: a hint that holds 30 s after they last wrote, or until they have sent it.
   */
  | { type: "watching"; conversation_id: string; agents: AgentCard[]; person_online: boolean; answering: AgentCard | null }
  /** The customer of an opened conversation went to another page. */
  | { type: "page"; conversation_id: string; page: PageView }
  | { type: "team"; team: TeamMember[] }
  /** An open promise is due soon, due now, or late for a while: each is told once, to all consoles of its site. */
  | { type: "promise"; site_id: string; what: "soon" | "late" | "escalated" | "delayed" | "may_be_late" | "handed"; promise: CustomerPromise }
  /** A follow-up lacked a value when it was due, and is held back: told once, to all consoles of its site. */
  | { type: "follow_up"; site_id: string; follow_up: HeldFollowUp }
  /** A customer waits for the agent who has the conversation, or had it: returned, it is in the queue again. Told once each. */
  | { type: "wait"; site_id: string; conversation_id: string; agent_id: string; name: string; since: number; returned: boolean }
  /** These conversations were erased: drop them everywhere, with what is kept of them. */
  | { type: "erased"; site_id: string; conversation_ids: string[] }
  /** A question to the supervisors: a turn began or ended, or it is settled. */
  | { type: "grant"; site_id: string; grant: Grant }
  /** To its agent alone: a conversation is held out to them, or theirs already (until 0); null: not any more. */
  | { type: "offer"; site_id: string; conversation_id: string; offer: Offer | null }
  | HandoverFrame
  /** Site data changed (look, templates, prompts, answers, standards, limits): fetch it again. */
  // A note names agents, by id; text is its beginning.
  | { type: "mention"; site_id: string; conversation_id: string; agents: string[]; by: AgentCard; text: string }
  | { type: "changed"; site_id: string; what: "site" | "templates" | "prompts" | "answers" | "standards" | "agents" | "teams" | "authority" | "tags" | "consults" | "me" }
  | { type: "beat"; sites: Record<string, number>; heads: Record<string, number>; answer: boolean }
  | { type: "reload"; site_id?: string; conversation_id?: string; reason: "epoch" | "too_far" | "ahead" };

/** A connected agent and their Standing. */
export interface TeamMember extends AgentCard {
  status: Status;
  reason?: string;
  auto?: boolean;
  no_new_until?: number;
}
