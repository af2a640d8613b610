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

/** How a conversation, or a question about it, was passed on. */
export type PassedKind = "handover" | "guest" | "question" | "assignment" | "takeover" | "release";
/** Why one was returned to who asked. */
export type PassedWhy = "declined" | "gone" | "recalled" | "settled" | "erased";

/** What was passed on in one way, by what became of it since: asked is the sum of the next four. */
export interface PassedOn {
  kind: PassedKind;
  asked: number;
  accepted: number;
  returned: number;
  lapsed: number;
  open: number;
  why: Partial<Record<PassedWhy, number>>;
  /** For how many seconds customers had waited when one was accepted; null where too few were. */
  median: number | null;
  p90: number | null;
}

/** How many conversations went from somebody to a colleague, and came to them from one. */
export interface PassedSides {
  id: string;
  name: string;
  given: number;
  taken: number;
}

/** What became of handovers on a site within some days. */
export interface Handovers {
  /** The first day, "2026-11-21". */
  since: string;
  /** Each kind, in its order. */
  kinds: PassedOn[];
  agents: PassedSides[];
  teams: PassedSides[];
  /** Conversations that changed hands for the second time or a later one. */
  far: number;
  /** The last of those, the newest first. */
  rows: Row[];
}

/** How long something took, in seconds; null below five cases. */
export interface Span {
  n: number;
  median: number | null;
  p90: number | null;
}

/** What one of the team did, or a team. */
export interface Served {
  id: string;
  name: string;
  first: Span;
  closed: number;
  rated: number;
  /** Of those, with 4 or 5. */
  satisfied: number;
}

/** What happened on one day, "2026-11-21". */
export interface FiguresDay {
  day: string;
  started: number;
  answered: number;
  closed: number;
}

/** What a site did for its customers within some days. */
export interface Figures {
  /** The first day, "2026-11-21". */
  since: string;
  started: number;
  closed: number;
  /** Of those, closed by themselves as the customer had gone. */
  lapsed: number;
  /** Closed without a reply by a person. */
  unanswered: number;
  first: Span;
  resolution: Span;
  /** How many said 1, 2 … 5. */
  ratings: number[];
  solved: number;
  not_yet: number;
  promises: Record<"made" | "kept" | "moved" | "broken" | "dropped", number>;
  days: FiguresDay[];
  agents: Served[];
  teams: Served[];
  unanswered_rows: Row[];
  unhappy_rows: Row[];
}
