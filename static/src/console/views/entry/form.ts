/** What is written into the window for entering by hand, and what of it is missing. */
import type { ByHand, EntryRequest } from "../../../wire/protocol";

export interface Draft {
  id: string;
  client_id: string;
  channel: ByHand;
  at: number;
  minutes: string;
  party: string;
  need: string;
  note: string;
  place: string;
  /** A promise was given with it. */
  promised: boolean;
  promise: string;
  due: number;
}

/** Longest that it lasts, minutes. */
export const DAY = 24 * 60;

export type Lack = "at" | "minutes" | "need" | "note" | "promise" | "due";

/** The first field that cannot be entered as it stands; "" for none. */
export function lacking(d: Draft, now: number): Lack | "" {
  const minutes = Number(d.minutes || 0);
  const meets = d.channel === "appointment";
  if (!d.at || (meets ? d.at <= now : d.at > now)) return "at";
  if (!Number.isInteger(minutes) || minutes < (meets ? 1 : 0) || minutes > DAY) return "minutes";
  if (meets) return d.need.trim() ? "" : "need";
  if (!d.note.trim()) return "note";
  if (!d.promised) return "";
  if (!d.promise.trim()) return "promise";
  return d.due > now ? "" : "due";
}

/** What the server is asked. zone: in which the times were written. */
export function requestOf(d: Draft, zone: string): EntryRequest {
  const meets = d.channel === "appointment";
  const given = { client_id: d.client_id, zone };
  return {
    id: d.id,
    channel: d.channel,
    ...(meets ? {} : { began_at: d.at }),
    minutes: Number(d.minutes || 0),
    party: d.party.trim(),
    need: meets ? "" : d.need.trim(),
    note: meets ? "" : d.note.trim(),
    promise: meets ? { ...given, text: d.need.trim(), due_at: d.at, place: d.place.trim() } : d.promised ? { ...given, text: d.promise.trim(), due_at: d.due } : null,
  };
}
