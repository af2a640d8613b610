/** Protocol v1: conversations of one customer that become one. See protocol.ts. */
import type { Author, AuthorKind, CustomerPromise, Matter, Row } from "./protocol";

/** Another conversation of the same customer, as an event tells of it. */
export interface OtherTalk {
  id: string;
  started_at: number;
  /** Of what goes on here, between customer and team; agents only. */
  messages?: number;
  /** What was split off is about; agents only. */
  need?: string;
}

/** One of the conversations that could become one. */
export interface UniteSide {
  row: Row;
  started_at: number;
  messages: number;
  matters: Matter[];
  /** Those that are open. */
  promises: CustomerPromise[];
}

/** A conversation, and those of the same customer with which it could become one, the latest first. */
export interface Unitable {
  this: UniteSide;
  others: UniteSide[];
}

/** What becomes of a matter that the team works on beside its chat: told in the chat, and as began beside it. */
export interface AsideEvent {
  type: "aside.opened" | "aside.began" | "aside.closed" | "aside.returned";
  matter_id: string;
  other: OtherTalk;
  by: Author;
  quotes?: Quote[];
}

/** A message of the chat, as it is shown beside it. */
export interface Quote {
  id: string;
  by: AuthorKind;
  name: string;
  text: string;
  at: number;
}

/** A matter that is to be worked on beside its chat: this one, or a new one with a need. */
export interface Split {
  id: string;
  matter_id?: string;
  need?: string;
  quoted?: string[];
  note?: string;
  from?: string;
  /** Anyone may take it; without this, a colleague and a team it is one's own. */
  queue?: boolean;
  agent_id?: string;
  team_id?: string;
}
