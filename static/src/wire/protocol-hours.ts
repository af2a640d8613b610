/**
 * Rapport protocol v1: when a site is open. Part of protocol.ts, which passes it on.
 */

/** When a site is open, by the clock on its wall: own days first, then public holidays, then the week. */
export interface Hours {
  /** False: always open, whatever else stands here. */
  kept: boolean;
  /** IANA name, "" for UTC. */
  zone: string;
  /** Seven days, Sunday first. */
  week: Period[][];
  /** On whose public holidays it is closed, "DE" or "DE-BY"; "" for none. */
  country: string;
  /** Names of its public holidays on which it is open all the same; absent for none. */
  open_on?: string[];
  /** Days unlike their week; of several for one date the last counts. Absent for none. */
  days?: OwnDay[];
}

/** Minutes since a day's midnight, the second not included; past 1440 it goes on into the next day. */
export interface Period {
  open: number;
  close: number;
}

/** A date ("2026-12-24", in the site's zone), or several in a row, with hours of its own; no periods: closed. */
export interface OwnDay {
  date: string;
  /** The last of several; absent for one. */
  until?: string;
  /** Comes every year; only one day can. */
  yearly?: boolean;
  /** What the owner calls it, may be "". */
  name: string;
  hours: Period[];
}

/**
 * What a site says and does by itself while one side waits. Texts may hold variables; "" stands for the product's own
 * words in the customer's language. Minutes and hours of 0 switch a rule off.
 */
export interface WaitRules {
  /** No first words. */
  silent: boolean;
  closed_text: string;
  away_text: string;
  /** Open hours within which first words promise an answer. */
  promise_hours: number;
  /** What who waits in the queue is told, after so many minutes. */
  stages: { after: number; text: string }[];
  /** Minutes without a word of the customer's, when they are asked if they are there. */
  ask_after: number;
  ask_text: string;
  /** Minutes after that, when the conversation is closed. */
  close_after: number;
  close_text: string;
  /** Open minutes before the agent who has it is reminded, and after that, before it goes back into the queue. */
  remind_after: number;
  return_after: number;
}

/** What a customer would read of a site's settings. */
export interface WaitWords {
  open: boolean;
  /** When that changes next, 0 for never. */
  until: number;
  /** First words outside hours; those of the next closing while it is open. */
  closed: string;
  away: string;
  stages: string[];
  ask: string;
  close: string;
}

/** A country whose public holidays are known, or a part of one; a part has a name, a country's is "". */
export interface HolidayRegion {
  code: string;
  name: string;
}

/** A public holiday of the coming year ("2026-12-25"). */
export interface Holiday {
  date: string;
  name: string;
}
