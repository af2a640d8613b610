/** What is reported to be late, and the keys with which a site's own server says so. */
import type { AgentCard } from "./protocol";

/** A report that something is late for a customer. */
export interface Delay {
  id: string;
  /** site: its own server said so. page: the customer's page did, which may be anybody's words. */
  source: "site" | "page";
  /** The site's own, such as an order's number. */
  reference: string;
  /** What is late, in the customer's words, and why; "" where that was not said. */
  what: string;
  reason: string;
  /** The new time; 0 where nobody knows it. */
  until: number;
  /** waiting: for an agent, who tells the customer or sets it aside. */
  state: "waiting" | "told" | "dropped";
  at: number;
  /** 0 while it waits. */
  ended_at: number;
}

/** What customers of one language are told about a delay, with variables; "" stands for our own words. */
export interface LateWords {
  language: string;
  /** Where the new time is known. */
  known: string;
  /** Where nobody knows it yet. */
  open: string;
}

/** A key of the site's own server: Authorization: Bearer on /v1/api, documented in openapi.json. */
export interface APIKey {
  id: string;
  name: string;
  by: AgentCard;
  made_at: number;
  /** Its last use, to the minute; 0 for none. */
  used_at: number;
  /** Only in the answer to its making. */
  key?: string;
}
