/** The four lists of the site in hand: rows, counts, pages, and what is held back under the pointer. */
import { computed, signal } from "@preact/signals";
import { api, type ApiError } from "../api";
import type { ListName, Row, RowPage } from "../../wire/protocol";
import { me, site } from "./session";
import { frozen, mergeRows, mineDelta, ordered, unpatched } from "./rows";

export const LISTS: readonly ListName[] = ["queue", "mine", "open", "closed"];

interface Page {
  status: "idle" | "loading" | "ready" | "error";
  next: string;
  /** Rank of the last row fetched; Infinity when the end was reached. */
  upTo: number;
  error: string;
}
const blank = (): Page => ({ status: "idle", next: "", upTo: -Infinity, error: "" });
const blanks = (): Record<ListName, Page> => ({ queue: blank(), mine: blank(), open: blank(), closed: blank() });

export const rows = signal<ReadonlyMap<string, Row>>(new Map());
export const counts = signal({ queue: 0, mine: 0, open: 0 });
export const pages = signal(blanks());
export const list = signal<ListName>("queue");
/** How far each site's stream was when we began to hear it: a list read before that may miss rows. */
const heardFrom = new Map<string, number>();
/** Last number held of the site's stream, by site. */
export const siteSeq = new Map<string, number>();

const still = signal<readonly string[] | null>(null);
const myId = computed(() => me.value?.agent.id ?? "");

/** The row that the keys stand on; "" for none. */
export const cursor = signal("");

export const live = computed(() => ordered(rows.value, list.value, myId.value, pages.value[list.value].upTo));
export const shown = computed(() => {
  const { ids, fresh } = frozen(live.value.map((r) => r.id), still.value);
  return { rows: ids.map((id) => rows.value.get(id)).filter((r): r is Row => !!r), fresh };
});

/** While held, nothing moves: a mouse rests on the list, and a click must hit what it was aimed at. */
export function hold(on: boolean): void {
  if (on && still.peek()) return;
  const ids = live.peek().map((r) => r.id);
  still.value = on && ids.length > 0 ? ids : null;
}
/** Lets in what was held back, and holds again. */
export function letIn(): void {
  hold(false);
  hold(true);
}

function setPage(name: ListName, patch: Partial<Page>): void {
  pages.value = { ...pages.value, [name]: { ...pages.value[name], ...patch } };
}

/** Fetches a list from its beginning, or its next page. */
export async function fetchList(name: ListName, more = false): Promise<void> {
  const at = site.value?.id;
  const page = pages.value[name];
  if (!at || page.status === "loading" || (more && page.next === "")) return;
  setPage(name, { status: "loading", error: "" });
  try {
    const after = more ? `&after=${encodeURIComponent(page.next)}` : "";
    const answer = await api.get<RowPage>(`conversations?site=${at}&list=${name}&limit=50${after}`);
    if (site.value?.id !== at) return;
    rows.value = mergeRows(rows.value, answer.rows);
    counts.value = answer.counts;
    if (!more && !siteSeq.has(at)) siteSeq.set(at, answer.site_seq);
    const last = answer.rows.at(-1);
    setPage(name, { status: "ready", next: answer.next, upTo: answer.next && last ? last.rank : Infinity });
    if (!more && answer.site_seq < (heardFrom.get(at) ?? 0)) {
      heardFrom.delete(at);
      await fetchList(name);
    }
  } catch (err) {
    setPage(name, { status: "error", error: (err as ApiError).message });
  }
}

/** Changes a row at once and says how to put it back if the server refuses. */
export function patchRow(id: string, patch: Partial<Row>): () => void {
  const before = rows.value.get(id);
  if (!before) return () => {};
  putRow({ ...before, ...patch });
  return () => {
    const now = rows.value.get(id);
    if (now) putRow(unpatched(now, before, patch));
  };
}
/** Takes a row on, unless a newer one is held. */
export function putRow(row: Row): void {
  if (row.site_id !== site.value?.id) return;
  const before = rows.value;
  rows.value = mergeRows(before, [row]);
  if (before.has(row.id)) counts.value = { ...counts.value, mine: counts.value.mine + mineDelta(before, [rows.value.get(row.id)!], myId.value) };
}

/** Rows from the socket. Returns false when something between was missed. */
export function applyRows(frame: { site_id: string; from: number; site_seq: number; rows: Row[]; counts: typeof counts.value }): boolean {
  const held = siteSeq.get(frame.site_id);
  const whole = held === undefined || frame.from <= held;
  siteSeq.set(frame.site_id, Math.max(frame.site_seq, held ?? 0));
  if (frame.site_id === site.value?.id) {
    const before = rows.value;
    rows.value = mergeRows(before, frame.rows);
    const mine = frame.counts.mine >= 0 ? frame.counts.mine : counts.value.mine + mineDelta(before, frame.rows, myId.value);
    counts.value = { ...frame.counts, mine };
  }
  return whole;
}

/**
 * The heads from which on a new connection is heard. asked: the sites whose missed rows the server
 * sends by itself. True when a list was read too early and must be read again.
 */
export function beginHearing(heads: Record<string, number>, asked: Record<string, number>): boolean {
  for (const [id, head] of Object.entries(heads)) heardFrom.set(id, head);
  return behindSites(Object.fromEntries(Object.entries(heads).filter(([id]) => !(id in asked))));
}

/** The server's heads: true when rows of a site were missed. */
export function behindSites(heads: Record<string, number>): boolean {
  let behind = false;
  for (const [id, head] of Object.entries(heads)) {
    const held = siteSeq.get(id);
    if (held === undefined || held >= head) continue;
    behind = true;
    siteSeq.set(id, head);
  }
  return behind;
}

/** Forgets everything: another person sits here now. */
export function forgetLists(): void {
  rows.value = new Map();
  pages.value = blanks();
  counts.value = { queue: 0, mine: 0, open: 0 };
  siteSeq.clear();
  heardFrom.clear();
}

/** Forgets what is held and reads the list on screen again: another site, or a hole in the stream. */
export function reloadLists(forget: boolean): void {
  if (forget) {
    rows.value = new Map();
    siteSeq.delete(site.value?.id ?? "");
  }
  pages.value = forget ? blanks() : { ...blanks(), [list.value]: pages.value[list.value] };
  void fetchList(list.value);
}

/** Shows a list, fetching it the first time. */
export function showList(name: ListName): void {
  list.value = name;
  still.value = null;
  if (pages.value[name].status === "idle") void fetchList(name);
}
