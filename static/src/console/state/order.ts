/** Keeping the desk in order: what is selected, and what a window asks about it. */
import { signal } from "@preact/signals";
import type { Row } from "../../wire/protocol";
import { api } from "../api";
import { currentId, rowOf, whenLookedAt } from "./conversation";
import { atLeaving } from "./leaving";
import { cursor, patchRow, putRow, shown } from "./lists";

/** What is selected in the lists, by id, in the order in which it was chosen. */
export const selected = signal<readonly string[]>([]);
/** On a screen without keys: a tap selects instead of opening. */
export const selecting = signal(false);
/** Where a stretch of rows begins that Shift ends. */
let anchor = "";

export type Asking = "tag" | "tags" | "snooze" | "give" | "hand" | "invite" | "consult" | "close" | "enter" | "unite" | "split" | "finish" | "copy";
/** A window that asks about some conversations, null for none. */
export const asking = signal<{ what: Asking; ids: readonly string[] } | null>(null);

atLeaving(() => {
  unselect();
  asking.value = null;
});

export function unselect(): void {
  selected.value = [];
  selecting.value = false;
}

/** Selects a row, or lets go of it. */
export function toggle(id: string): void {
  if (!id) return;
  anchor = id;
  selected.value = selected.value.includes(id) ? selected.value.filter((x) => x !== id) : [...selected.value, id];
}

/** Selects all rows from where the last one was chosen to this one. */
export function stretch(id: string): void {
  const ids = shown.value.rows.map((r) => r.id);
  const a = ids.indexOf(anchor || (selected.value.at(-1) ?? ""));
  const b = ids.indexOf(id);
  if (a < 0 || b < 0) return toggle(id);
  const between = ids.slice(Math.min(a, b), Math.max(a, b) + 1);
  selected.value = [...new Set([...selected.value, ...between])];
}

/** What a key is about: what is selected, else what is open, else the row that the keys stand on. */
export function meant(): readonly string[] {
  if (selected.value.length > 0) return selected.value;
  const one = currentId.value || cursor.value;
  return one ? [one] : [];
}

/** Asks in a window about what is meant. */
export function askAbout(what: Asking, ids = meant()): void {
  if (ids.length > 0) asking.value = { what, ids };
}

/** Puts a conversation back among the unread, or takes it out; a failure leaves the row as it was. */
export async function putBack(id: string, on: boolean): Promise<void> {
  const back = patchRow(id, { put_back: on });
  try {
    putRow(await api.put<Row>(`conversations/${id}/unread`, { on }));
  } catch (err) {
    back();
    throw err;
  }
}

/** Puts back what is meant, and says so with a way back. */
export function leaveUnread(ids = meant()): void {
  if (ids.length > 0) void import("../views/order/parts").then(({ makeUnread }) => makeUnread(ids));
}

// Whoever looks at a conversation that was put back takes it out.
whenLookedAt((id) => {
  if (rowOf(id)?.put_back) void putBack(id, false).catch(() => {});
});
