/** The lists of the site in hand: rows, counts, pages, and what is held back under the pointer. */
import { computed, signal } from "@preact/signals";
import { api, type ApiError } from "../api";
import type { ListName, Row, RowPage } from "../../wire/protocol";
import { me, site } from "./session";
import { countMine, frozen, mergeRows, mineDelta, ordered, pruned, unpatched } from "./rows";

export const LISTS: readonly ListName[] = ["queue", "mine", "open", "mentions", "snoozed", "closed"];

interface Page {
  status: "idle" | "loading" | "ready" | "error";
  next: string;
  /** Rank of the last row fetched; Infinity when the end was reached. */
  upTo: number;
  error: string;
}
const blank = (): Page => ({ status: "idle", next: "", upTo: -Infinity, error: "" });
const blanks = (): Record<ListName, Page> => ({ queue: blank(), mine: blank(), open: blank(), mentions: blank(), snoozed: blank(), closed: blank() });

export const rows = signal<ReadonlyMap<string, Row>>(new Map());
const NONE = { queue: 0, mine: 0, open: 0, snoozed: 0 };
export const counts = signal(NONE);
export const pages = signal(blanks());
export const list = signal<ListName>("queue");
/** The conversations in which a note names the agent, by id, the latest first, as far as they were read. */
export const mentioned = signal<readonly string[]>([]);
/** Those of them that were not looked at since. */
export const unreadMentions = signal<ReadonlySet<string>>(new Set());
/** How far each site's stream was when we began to hear it: a list read before that may miss rows. */
const heardFrom = new Map<string, number>();
/** Last number held of the site's stream, by site. */
export const siteSeq = new Map<string, number>();

const still = signal<readonly string[] | null>(null);
const myId = computed(() => me.value?.agent.id ?? "");

/** The row that the keys stand on; "" for none. */
export const cursor = signal("");

export const live = computed(() =>
  list.value === "mentions" ? mentioned.value.flatMap((id) => rows.value.get(id) ?? []) : ordered(rows.value, list.value, myId.value, pages.value[list.value].upTo),
);
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

/** Lists that were asked for from their beginning while they were on their way. */
const again = new Set<ListName>();

/**
 * Lays rows over those held. told: what the server counts; mine is -1 in a frame, which is the same
 * for the whole team. Where all of mine are held they are counted here.
 */
function take(changed: readonly Row[], told = { ...counts.value, mine: -1 }): void {
  const before = rows.value;
  const now = mergeRows(before, changed);
  const whole = pages.value.mine.upTo === Infinity;
  const mine = told.mine >= 0 ? told.mine : counts.value.mine + mineDelta(before, now, myId.value);
  counts.value = { ...told, mine: whole ? countMine(now.values(), myId.value) : mine };
  rows.value = now;
}

/** Fetches a list from its beginning, or its next page. */
export async function fetchList(name: ListName, more = false): Promise<void> {
  const at = site.value?.id;
  const page = pages.value[name];
  if (!at || (more && page.next === "")) return;
  if (page.status === "loading") return void (more || again.add(name));
  setPage(name, { status: "loading", error: "" });
  try {
    const after = more ? `&after=${encodeURIComponent(page.next)}` : "";
    const answer = await api.get<RowPage>(`conversations?site=${at}&list=${name}&limit=50${after}`);
    if (site.value?.id !== at) return;
    // A slow answer is older than what has been told since.
    const late = answer.site_seq < (siteSeq.get(at) ?? 0);
    if (!more && !(siteSeq.has(at) && heardFrom.has(at))) siteSeq.set(at, Math.min(answer.site_seq, siteSeq.get(at) ?? Infinity));
    const last = answer.rows.at(-1);
    if (name === "mentions") mentioned.value = [...(more ? mentioned.value : []), ...answer.rows.map((r) => r.id)];
    setPage(name, { status: "ready", next: answer.next, upTo: answer.next && last ? last.rank : Infinity });
    take(answer.rows, late ? undefined : answer.counts);
    if (!more && answer.site_seq < (heardFrom.get(at) ?? 0)) again.add(name);
  } catch (err) {
    if (site.value?.id !== at) return;
    setPage(name, { status: "error", error: (err as ApiError).message });
  }
  if (again.delete(name)) await fetchList(name);
}

/** Changes a row at once and says how to put it back if the server refuses. */
export function patchRow(id: string, patch: Partial<Row>): () => void {
  const before = rows.value.get(id);
  if (!before) return () => {};
  putRow({ ...before, ...patch });
  return () => {
    const now = rows.value.get(id);
    putRow(now ? unpatched(now, before, patch) : before);
  };
}
/** Takes a row on, unless a newer one is held. */
export function putRow(row: Row): void {
  if (row.site_id !== site.value?.id) return;
  take([row]);
}

/** Takes rows out: their conversations are gone for good. */
export function dropRows(ids: readonly string[]): void {
  rows.value = new Map([...rows.value].filter(([id]) => !ids.includes(id)));
}

/** Rows from the socket. Returns false when something between was missed. */
export function applyRows(frame: { site_id: string; from: number; site_seq: number; rows: Row[]; counts: typeof counts.value }): boolean {
  const held = siteSeq.get(frame.site_id);
  const whole = held === undefined || frame.from <= held;
  siteSeq.set(frame.site_id, Math.max(frame.site_seq, held ?? 0));
  if (frame.site_id === site.value?.id) {
    take(frame.rows, frame.counts);
    rows.value = pruned(rows.value, pages.value.closed.upTo, still.value ?? []);
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
  counts.value = NONE;
  siteSeq.clear();
  heardFrom.clear();
  again.clear();
}

/** Forgets what is held and reads the list on screen again, and mine: another site, or a hole in the stream. */
export function reloadLists(forget: boolean): void {
  if (forget) {
    rows.value = new Map();
    siteSeq.delete(site.value?.id ?? "");
  }
  pages.value = forget ? blanks() : { ...blanks(), [list.value]: pages.value[list.value] };
  again.clear();
  void fetchList(list.value);
  fetchMine();
}

/** Reads what is mine, whichever list shows: it is counted here. */
export function fetchMine(): void {
  if (pages.value.mine.status === "idle") void fetchList("mine");
}

/** Shows a list, fetching it the first time. */
export function showList(name: ListName): void {
  list.value = name;
  still.value = null;
  if (pages.value[name].status === "idle") void fetchList(name);
}
