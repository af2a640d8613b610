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
