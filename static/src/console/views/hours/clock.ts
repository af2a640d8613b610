/** Opening periods as people write them: minutes of a day against "09:00", and a day's against another's. */
import type { Hours, OwnDay, Period } from "../../../wire/protocol";
import { locale } from "../../i18n";

export const DAY = 24 * 60;
/** Of one day, and of days that are unlike their week. */
export const MAX_PERIODS = 8;
export const MAX_DAYS = 200;

/** The week as it is read: Monday first; numbers as the protocol has them, Sunday is 0. */
export const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/** "Monday" for 1. 4 January 1970 was a Sunday. */
export function dayName(day: number): string {
  return new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(Date.UTC(1970, 0, 4 + day));
}

/** 540 as "09:00", whatever the day; midnight at the end of one is "00:00". */
export function toClock(minute: number): string {
  const of = minute % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
}

/** "09:00" as 540; -1 where that is no time. */
export function fromClock(text: string): number {
  const [, hour = "", minute = ""] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hour ? Number(hour) * 60 + Number(minute) : -1;
}

/** A period from one time of day to another, over midnight where the second is not later. */
export function period(open: number, close: number): Period {
  const until = close % DAY;
  return { open, close: until > open ? until : until + DAY };
}

/** One more period of a day: the afternoon after the morning, else from nine to five. */
export function onePeriodMore(list: readonly Period[]): Period[] {
  const last = list.at(-1);
  if (!last) return [{ open: 540, close: 1020 }];
  const open = Math.min(last.close + 60, DAY - 60);
  return open >= last.close ? [...list, { open, close: Math.min(open + 240, DAY) }] : [...list];
}

/** Do two periods of a day overlap? The server refuses that. */
export function overlap(list: readonly Period[]): boolean {
  const sorted = list.toSorted((a, b) => a.open - b.open);
  return sorted.some((p, i) => i > 0 && p.open < sorted[i - 1]!.close);
}

/** The week with one day's periods on others, too. */
export function copied(week: readonly Period[][], from: number, to: readonly number[]): Period[][] {
  return week.map((periods, day) => (to.includes(day) ? week[from]!.map((p) => ({ ...p })) : periods));
}

/** "09:00–12:00, 13:00–17:00"; "" for closed. */
export function spelled(list: readonly Period[]): string {
  return list.map((p) => `${toClock(p.open)}–${toClock(p.close)}`).join(", ");
}

/** What a site that never said begins with: an office week in this browser's zone, not kept yet. */
export function firstHours(): Hours {
  const office = () => [{ open: 540, close: 1020 }];
  return { kept: false, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, week: [[], office(), office(), office(), office(), office(), []], country: "" };
}

/** Days in the order in which they come: those of every year last. */
export function inOrder(days: readonly OwnDay[]): OwnDay[] {
  const key = (d: OwnDay) => (d.yearly ? "9" + d.date.slice(5) : d.date);
  return days.toSorted((a, b) => key(a).localeCompare(key(b)));
}

/** "24 December 2026", "24 to 26 December 2026", "24 December, every year". */
export function dateWords({ date, until, yearly }: Pick<OwnDay, "date" | "until" | "yearly">): string {
  const at = (text: string) => Date.parse(`${text}T12:00Z`);
  const form = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", ...(yearly ? {} : { year: "numeric" }), timeZone: "UTC" });
  return until ? form.formatRange(at(date), at(until)) : form.format(at(date));
}
