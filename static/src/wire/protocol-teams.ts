/** Who answers whom, and what they may do: roles, teams with their skills, how a person works. */

import type { Role } from "./protocol";
import type { Hours } from "./protocol-hours";

/** One thing that somebody who answers may do. */
export type Permission =
  | "conversation.read"
  | "conversation.answer"
  | "conversation.take_over"
  | "complaint.oversee"
  | "grant.give"
  | "grant.decide"
  | "person.change"
  | "note.remove"
  | "note.sensitive"
  | "person.merge"
  | "person.erase"
  | "tag.make"
  | "tag.keep"
  | "template.own"
  | "template.change"
  | "view.share"
  | "guide.change"
  | "authority.change"
  | "people.manage"
  | "site.change"
  | "key.manage"
  | "report.read"
  | "audit.read"
  | "security.change";
export const PERMISSIONS: readonly Permission[] = [
  "conversation.read",
  "conversation.answer",
  "conversation.take_over",
  "complaint.oversee",
  "grant.give",
  "grant.decide",
  "person.change",
  "note.remove",
  "note.sensitive",
  "person.merge",
  "person.erase",
  "tag.make",
  "tag.keep",
  "template.own",
  "template.change",
  "view.share",
  "guide.change",
  "authority.change",
  "people.manage",
  "site.change",
  "key.manage",
  "report.read",
  "audit.read",
  "security.change",
];
/** What somebody with a role may do. */
export interface RoleView {
  id: Role;
  /** "" for one of the four, which has a name in every language. */
  name: string;
  /** Made by this installation. */
  own: boolean;
  permissions: Permission[];
}

/** Some of the people who answer, and what they are there for. */
export interface Team {
  id: string;
  name: string;
  skills: Skills;
  /** Ids of agents. */
  members: string[];
  made_at: number;
}
/** An absent list is for any; the lists together are "and", the words of one list "or". */
export interface Skills {
  /** Ids of the sites that it serves. */
  sites?: string[];
  segments?: string[];
  types?: string[];
  /** Tags such as "en" or "pt-BR". */
  languages?: string[];
}
/** How an agent works. */
export interface Work {
  /** How many conversations they answer at once; absent for the usual number, CAPACITY. */
  capacity?: number;
  /** Tags of the languages that they write; absent where nobody has said, which fits any. */
  languages?: string[];
  /** When they work; absent where nobody has said, which is whenever they are here. */
  hours?: Hours;
}
/** A code that an app makes, beside the password. */
export interface SecondStep {
  /** Signing in asks for it. */
  on: boolean;
  since: number;
  /** Recovery codes that were not used. */
  codes_left: number;
  /** The role takes it. */
  required: boolean;
}
/** How people sign in. */
export interface Security {
  /** Roles whose people sign in with a second step. */
  second_step_roles: Role[];
}
