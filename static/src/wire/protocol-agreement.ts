/** What is agreed and what becomes of it: cards, feedback, promises, complaints. */
import type { AgentCard, AuthorKind, PromptState, Row } from "./protocol";

/** summary: what we understood. proposal: what we offer. */
export type CardKind = "summary" | "proposal";
/** How the customer answers: the first two a summary, the others a proposal. */
export type CardChoice = "confirm" | "correct" | "accept" | "ask" | "decline";
/** sent until it is answered, replaced by a newer card of its matter, or withdrawn by an agent. */
export type CardState = "sent" | "confirmed" | "corrected" | "accepted" | "asked" | "declined" | "replaced" | "withdrawn";

/** A structured message whose answer the customer gives with one tap. */
export interface Card {
  id: string;
  conversation_id: string;
  /** "" on a visitor's wire. */
  matter_id: string;
  kind: CardKind;
  state: CardState;
  /** Who sent it. */
  by: AgentCard;
  sent_at: number;
  text: string;
  /** Of a proposal: none, or two to four side by side. */
  options: { key: string; title: string; detail: string }[];
  /** What cannot be, said up front; "" for none. */
  limits: string;
  /** What we do and by when; "" and 0 for nothing. Accepting makes it a promise of ours. */
  our_part: string;
  our_due: number;
  /** What the customer has to do. Accepting makes it a promise of theirs. */
  your_part: string;
  your_due: number;
  /**
   * Null until the customer has answered. option: the key of the chosen one, or "". message_id: where they said yes in
   * their own words, if they did. noted_by: the agent who noted that; left out on a visitor's wire.
   */
  answer: { choice: CardChoice; option: string; text: string; at: number; message_id?: string; noted_by?: string } | null;
}

export type Solved = "yes" | "not_yet";
/** What the customer says of one closing of the conversation, or of the time before; the latest word counts. */
export interface Feedback {
  /** "" until said. */
  solved: Solved | "";
  /** 1 to 5; 0 until given. */
  rating: number;
  comment: string;
  /** Solved was read from words of pure thanks. */
  thanks: boolean;
  at: number;
}

export type PromiseState = "open" | "kept" | "broken" | "dropped";
/** A commitment with text, owner and due time: ours, or the customer's own part. */
export interface CustomerPromise {
  id: string;
  conversation_id: string;
  /** "" on a visitor's wire. */
  matter_id: string;
  /** To ask again after a complaint, or to meet; absent for any other. */
  kind?: "follow_up" | "appointment";
  whose: "ours" | "theirs";
  /** Who answers for it on our side, also for the customer's part; null for anyone. */
  owner: AgentCard | null;
  text: string;
  due_at: number;
  /** IANA zone that the due time was meant in, and the words it was said with; "" where it was picked. */
  zone: string;
  words: string;
  /** By when they hear next, due or not; 0 for no such word. */
  next_at: number;
  state: PromiseState;
  /** Of an open one: it was moved, and the customer was told. */
  moved: boolean;
  /** Why it was moved, dropped or broken, in words for the customer. */
  why: string;
  /**
   * The site has reported a delay, and no agent has moved it since: it was moved to the reported time, or an agent is
   * asked for the next word. Never on a visitor's wire.
   */
  delay?: "moved" | "open";
  /** Of an appointment: where, if anybody has said so, and how long. Absent for any other. */
  place?: string;
  minutes?: number;
  made_at: number;
  ended_at: number;
  /** For whose absence it was handed on last; never on a visitor's wire. */
  away?: AgentCard;
}

/** Of the complaint track, in their order. */
export type Stage = "listen" | "feel" | "record" | "expect" | "solve" | "confirm" | "follow_up";
export interface ComplaintStage {
  stage: Stage;
  state: PromptState;
  /** Who said so; "" while nobody has. */
  by: AuthorKind | "";
  /** The message or card that caused it, or "". */
  cause: string;
  why: string;
  at: number;
}
/** The seven-stage track of a complaint, with what is recorded of it. */
export interface Complaint {
  id: string;
  conversation_id: string;
  matter_id: string;
  /** ended: it was followed up; dropped: it was none after all. */
  state: "open" | "ended" | "dropped";
  /** The first that is not settled, "" when all are. */
  stage: Stage | "";
  stages: ComplaintStage[];
  /** They were upset when it was opened. */
  hard: boolean;
  /** "" until recorded, as all texts here. */
  expectation: string;
  solution: string;
  confirmation: string;
  /** A RootCause, or one of the site's own. */
  root_cause: string;
  cause_words: string;
  /** Why no cause is recorded. */
  cause_skipped: string;
  /** 0: on the next working day. */
  follow_up_at: number;
  /** The promise to follow up, "" until the conversation is closed. */
  follow_up_id: string;
  opened_by: AgentCard;
  opened_at: number;
  /** 0 while it is open. */
  ended_at: number;
}
/** What every site can choose from as the cause of a complaint. */
export type RootCause = "product" | "delivery" | "information" | "price" | "service" | "waiting" | "promise" | "website" | "rules" | "misunderstanding" | "other";
/** A complaint in the supervisors' list. */
export interface ComplaintRow extends Complaint {
  person: Row["person"];
  holder: AgentCard | null;
  /** The conversation is. */
  closed: boolean;
  /** When the next promise of ours there is due; 0 for none. */
  next_due: number;
}

/** What an agent's words commit to, found while they write. */
export interface Commitment {
  /** In the agent's own words, without those that say when; at most 120 code points. */
  text: string;
  /** When it is due at the latest, and the words that said so; 0 and "" where that is not said or not plain. */
  due_at: number;
  words: string;
  /** The sentence it stands in, in UTF-16 code units of the text. */
  start: number;
  end: number;
  /** When the site opens after a due time on which it is closed; absent where it is open then. */
  opens_at?: number;
}

/** A promise in the ledger, with the customer it was made to. */
export interface LedgerRow extends CustomerPromise {
  /** zone: IANA, of the browser that they used last. */
  person: Row["person"] & { zone?: string };
}
