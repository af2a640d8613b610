/** Protocol v1: search and the views that are kept of it. See protocol.ts. */

import type { Author, MessageKind, Row } from "./protocol";

export interface SearchPage {
  /** Latest first. */
  hits: SearchHit[];
  /** Customers by name: on the first page of a search without filters. */
  people: PersonFound[];
  next: string;
  /** How far back was looked where that was not to the end and the page is not full; 0 otherwise. */
  back: number;
  /** Events that are not searched yet; nearly always 0. */
  unread: number;
  /** How much of what was there before there was search is searched by now, in percent. */
  reading: number;
  /** There are no words to look for: each conversation is found once. */
  grouped: boolean;
}
export interface SearchHit {
  row: Row;
  seq: number;
  kind: MessageKind;
  author: Author;
  at: number;
  parts: SnippetPart[];
  cut_start: boolean;
  cut_end: boolean;
  files: number;
}
export interface SnippetPart {
  text: string;
  /** This was looked for. */
  hit?: boolean;
}
export interface PersonFound {
  id: string;
  name: string;
  email: string;
  verified: boolean;
  /** Their latest conversation. */
  conversation_id: string;
}
export interface SavedView {
  id: string;
  name: string;
  query: string;
  /** The whole team has it. */
  shared: boolean;
  /** Up to 99 conversations. */
  count: number;
  more: boolean;
  /** Why there is no count, in a sentence; "" for none. */
  problem: string;
}
