/** What is chosen on the board to be moved, and the window that asks where to. */
import { signal } from "@preact/signals";
import type { Row } from "../../../wire/protocol";

/** By id, in the order in which they were chosen. */
export const picked = signal<ReadonlyMap<string, Row>>(new Map());
/** Where the window that moves them begins: an agent's id, QUEUE, or "" for no choice yet; null while it is shut. */
export const moving = signal<string | null>(null);
export const QUEUE = "queue";

export function pick(row: Row, on: boolean): void {
  const next = new Map(picked.value);
  if (on) next.set(row.id, row);
  else next.delete(row.id);
  picked.value = next;
}

export function unpick(): void {
  picked.value = new Map();
  moving.value = null;
}

/** What the mouse drags is moved, with all else that is chosen where it is one of them. */
export function drag(row: Row): void {
  if (!picked.value.has(row.id)) picked.value = new Map([[row.id, row]]);
}
