/** Pure rules of the lists: which rows a list holds, in what order, and how changes come in. */
import type { AgentCard, ListName, Row } from "../../wire/protocol";

/** Lays snapshots over what is held. An older snapshot never replaces a newer one; the same one changes nothing. */
export function mergeRows(held: ReadonlyMap<string, Row>, rows: readonly Row[]): Map<string, Row> {
  const out = new Map(held);
  for (const row of rows) {
    const old = out.get(row.id);
    if (!old || row.seq >= old.seq) out.set(row.id, row);
  }
  return out;
}

/**
 * The row without a change that the server refused: only the fields that the change set, and only
 * while nothing newer has come.
 */
export function unpatched(now: Row, before: Row, patch: Partial<Row>): Row {
  if (now.seq !== before.seq) return now;
  const own = (Object.keys(patch) as (keyof Row)[]).filter((k) => now[k] === patch[k]);
  return { ...now, ...Object.fromEntries(own.map((k) => [k, before[k]])) };
}

/** The rows with the names and faces that these agents have now; the same map if none has changed. */
export function renamed(held: ReadonlyMap<string, Row>, agents: readonly AgentCard[]): ReadonlyMap<string, Row> {
  const cards = new Map(agents.map(({ id, name, picture }) => [id, { id, name, picture }]));
  const changed = [...held.values()].flatMap((row) => {
    const card = cards.get(row.assignee?.id ?? "");
    return card && (card.name !== row.assignee?.name || card.picture !== row.assignee.picture) ? [{ ...row, assignee: card }] : [];
  });
  return changed.length > 0 ? mergeRows(held, changed) : held;
}

/** Neither closed nor put off. */
const atHand = (row: Row) => row.state !== "closed" && row.state !== "snoozed";

/** Whether an agent answers beside who has it. */
export const isGuest = (row: Row, agent: string) => row.guests?.includes(agent) ?? false;

export function belongs(row: Row, list: ListName, me: string): boolean {
  switch (list) {
    case "queue":
      return row.state === "waiting";
    case "mine":
      return atHand(row) && (row.assignee?.id === me || isGuest(row, me));
    case "open":
      return atHand(row);
    default:
      return row.state === list;
  }
}

/** How many of these conversations are mine. */
export function countMine(rows: Iterable<Row>, me: string): number {
  return [...rows].filter((row) => belongs(row, "mine", me)).length;
}

/**
 * By how much the number of my conversations changes, as far as held rows tell: one that comes in
 * new may have been mine all along.
 */
export function mineDelta(held: ReadonlyMap<string, Row>, now: ReadonlyMap<string, Row>, me: string): number {
  const known = [...held.keys()].flatMap((id) => now.get(id) ?? []);
  return countMine(known, me) - countMine(held.values(), me);
}

/** Closed rows that no list shows are kept up to this many: the latest, which may be undone. */
const SPARE = 200;

/** The rows without those long closed ones that lie beyond the page of the closed list; keep: what is on screen all the same. */
export function pruned(held: ReadonlyMap<string, Row>, closedUpTo: number, keep: readonly string[]): ReadonlyMap<string, Row> {
  const spare = [...held.values()].filter((r) => r.state === "closed" && r.rank > closedUpTo);
  if (spare.length <= SPARE) return held;
  const out = new Map(held);
  for (const row of spare.sort(byRank).slice(SPARE)) if (!keep.includes(row.id)) out.delete(row.id);
  return out;
}

const byRank = (a: Row, b: Row) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * The rows of a list in their order. upTo is the rank of the last row fetched so far: beyond it
 * rows may be missing, so none are shown; Infinity once the list is held whole.
 */
export function ordered(held: ReadonlyMap<string, Row>, list: ListName, me: string, upTo = Infinity): Row[] {
  return [...held.values()].filter((r) => r.rank <= upTo && belongs(r, list, me)).sort(byRank);
}

/**
 * What is shown while the pointer rests on the list: the order stays as it was, rows that left stay
 * in their place, and those that would come in are only counted.
 */
export function frozen(live: readonly string[], still: readonly string[] | null): { ids: readonly string[]; fresh: number } {
  if (!still) return { ids: live, fresh: 0 };
  const seen = new Set(still);
  return { ids: still, fresh: live.filter((id) => !seen.has(id)).length };
}

/** The conversation to go to after this one: who waits longest, then the next in order. */
export function nextAfter(rows: readonly Row[], id: string): string | null {
  const others = rows.filter((r) => r.id !== id);
  return (others.find((r) => r.waiting_since > 0) ?? others[0])?.id ?? null;
}

/** How late an answer is: the wait in ms against thresholds of two and five minutes. */
export function urgency(waitedMs: number): "fresh" | "soon" | "late" {
  if (waitedMs >= 5 * 60_000) return "late";
  return waitedMs >= 2 * 60_000 ? "soon" : "fresh";
}
