/** Protocol v1: conversations of one customer that become one. See protocol.ts. */
import type { CustomerPromise, Matter, Row } from "./protocol";

/** Another conversation of the same customer, as an event tells of it. */
export interface OtherTalk {
  id: string;
  started_at: number;
  /** Of what goes on here, between customer and team; agents only. */
  messages?: number;
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
