/** Protocol v1: how a site stands now. See protocol.ts. */
import type { Standing } from "./protocol-routing";
import type { Candidate } from "./protocol-handover";
import type { Row } from "./protocol";

/** One of the team: has and room are of all sites, the rest of this one. */
export interface AtDesk extends Candidate {
  /** Absent for who has no console open. */
  standing?: Standing;
  /** Conversations of theirs in which the customer waits for an answer. */
  unanswered: number;
  /** Since when the first of those waits, 0 for none. */
  since: number;
}

/** How a site stands now. */
export interface Board {
  /** Conversations in the queue. */
  waiting: number;
  /** Conversations that somebody has and whose customer waits for an answer. */
  unanswered: number;
  /** Since when the customer waits who waits longest, 0 for nobody. */
  since: number;
  /** Our promises whose time has passed, and those due soon. */
  late: number;
  soon: number;
  people: AtDesk[];
  /** Those who wait, the most urgent first. */
  rows: Row[];
}
