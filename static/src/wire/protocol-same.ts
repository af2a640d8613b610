/** Two profiles of one customer, brought together by hand and taken apart again. Part of protocol.ts, which hands it on. */
import type { Author, Person } from "./protocol";

/** A customer beside another who may be the same. */
export interface SamePerson {
  person: Person;
  /** Up to 100 are counted. */
  conversations: number;
  /** What stands last in the latest conversation; null without one. */
  last: { text: string; at: number } | null;
  notes: number;
  /** Browsers that are known as theirs and were not signed out. */
  browsers: number;
  /** Of two that are compared: the other may lead to this one. False where nothing is compared. */
  may_stay: boolean;
}

/** GET /v1/console/people/{id}/same/{other}. */
export interface Compared {
  /** The first in the path, then the other. */
  sides: SamePerson[];
  /** Why neither may stay, in a sentence; "" where one may. */
  problem: string;
}

/** A profile that an agent brought together with this customer's. */
export interface PersonMerge {
  id: string;
  /** Of the profile that leads here since, as it stood: "" while unknown. */
  name: string;
  email: string;
  by: Author;
  at: number;
  /** When undoing it ends. */
  until: number;
}
