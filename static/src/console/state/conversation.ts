/** Opened conversations: fetched whole, then kept up by events; a handful stay warm. */
import { computed, signal, type Signal } from "@preact/signals";
import { api, type ApiError } from "../api";
import type { ConversationEvent, ConversationView, LinkFrame, Marks, Message, PageView, Row } from "../../wire/protocol";
import { Sequence } from "../../wire";
import { applyEvents, withMessage, withOlder, withPage } from "./thread";
import { putRow, rows } from "./lists";
import { raised } from "./agreement";
import { meetDraft } from "./drafts";
import { me } from "./session";
import { send } from "./link";
import { forgetWatching } from "./team";

export interface Opened {
  status: "loading" | "ready" | "error";
  error: string;
  view: ConversationView | null;
  /** Older messages are being fetched. */
  older: boolean;
  /** Why they have not come, "" where they have. */
  olderError: string;
  /** The seq after which the customer's messages were new when the agent came here. */
  newAfter: number;
}

/** How many conversations stay in memory and on the wire. */
const WARM = 8;

const opened = new Map<string, Signal<Opened>>();
/** The order of events of each opened conversation. */
const sequences = new Map<string, Sequence>();
/** Shown at once when opened, but fetched again: fetched in advance, or the connection was lost since. */
const stale = new Set<string>();
/** The conversation on screen, or "". */
export const currentId = signal("");
/** The one that stood on the desk when another page was gone to: the way back leads to it. */
let last = "";
export const lastId = () => currentId.value || last;
/** The conversation of a colleague's in which one looks on without taking part, or "". */
export const watched = signal("");
export const current = computed<Opened | null>(() => (currentId.value ? slot(currentId.value).value : null));

function slot(id: string): Signal<Opened> {
  let found = opened.get(id);
  if (!found) {
    found = signal<Opened>({ status: "loading", error: "", view: null, older: false, olderError: "", newAfter: Infinity });
    opened.set(id, found);
  }
  return found;
}
function patch(id: string, change: Partial<Opened>): void {
  const s = opened.get(id);
  if (s) s.value = { ...s.value, ...change };
}
export function viewOf(id: string): ConversationView | null {
  return opened.get(id)?.value.view ?? null;
}
/** Its row: that of the lists, else the one it came with, since not every conversation stands in a list here. */
export function rowOf(id: string): Row | undefined {
  return rows.value.get(id) ?? viewOf(id)?.row;
}
/** Is it closed, as far as is known here? */
export function isClosed(id: string): boolean {
  return rowOf(id)?.state === "closed";
}
export function setView(id: string, change: (view: ConversationView) => ConversationView): void {
  const view = viewOf(id);
  if (view) patch(id, { view: change(view) });
}

/** Last seq held of the conversation that is listened to, for the socket's hello: the others hear nothing. */
export function heldSeqs(): Record<string, number> {
  const view = viewOf(currentId.value);
  // Looked on at, it is opened anew: a hello would open it like any other.
  return view && watched.value !== currentId.value ? { [currentId.value]: view.seq } : {};
}

/** Shows a conversation: what is held at once, the rest as soon as it comes. "" for none. */
export function showConversation(id: string): void {
  const before = currentId.value;
  currentId.value = last = id;
  if (before !== id) {
    shut(before);
    raised.value = null;
  }
  if (watched.value !== id) watched.value = "";
  if (!id) return;
  const s = slot(id);
  opened.delete(id);
  opened.set(id, s);
  cool();
  if (s.value.view) {
    patch(id, { newAfter: s.value.view.marks.agent_read });
    listen(id);
    markRead(id);
  }
  if (!s.value.view || stale.has(id)) void fetchConversation(id);
  else coming = null; // it came otherwise meanwhile
}

/** Another page than the desk is on screen: nothing here is looked at, or acted on by a key. */
export function leaveDesk(): void {
  const id = currentId.value;
  showConversation("");
  if (me.value) last = id;
}

/** Nobody here looks at it any more. It stays in memory, and is fetched again when it is shown. */
function shut(id: string): void {
  if (!id) return;
  stale.add(id);
  forgetWatching(id);
  // Once the composer that goes with it has said that nobody writes here now.
  setTimeout(() => currentId.value !== id && send({ type: "shut", conversation_id: id }));
}

/** Subscribes to what comes after the last event held. */
function listen(id: string): void {
  const view = viewOf(id);
  if (view) send({ type: "open", conversation_id: id, after: view.seq, ...(watched.value === id && { watch: true }) });
}

/** Looks on in a conversation from now on, or takes part in it like anybody else. */
export function lookOn(id: string, on = true): void {
  watched.value = on ? id : "";
  if (id !== currentId.value) return;
  listen(id);
  markRead(id);
}

/** Takes a fetched view on, with the events that came in the meantime. */
function settle(id: string, view: ConversationView): void {
  const sequence = sequences.get(id) ?? new Sequence();
  sequences.set(id, sequence);
  const early = sequence.restart(view.seq);
  const held = viewOf(id);
  const whole = applyEvents(held ? withOlder(held, view) : view, early);
  patch(id, { status: "ready", error: "", view: whole, ...(held ? {} : { newAfter: view.marks.agent_read }) });
  stale.delete(id);
}

/** The answer about the conversation that is about to be shown. */
let coming: { id: string; view: Promise<ConversationView> } | null = null;

/** Asks for what `showConversation` is going to show, so that the answer comes while the desk is drawn. */
export function expectConversation(id: string): void {
  if (!id || coming?.id === id || (opened.has(id) && !stale.has(id))) return;
  coming = { id, view: api.get<ConversationView>(`conversations/${id}`) };
  coming.view.catch(() => undefined); // whoever shows it says so
}

function ask(id: string): Promise<ConversationView> {
  const expected = coming?.id === id ? coming.view : api.get<ConversationView>(`conversations/${id}`);
  coming = null;
  return expected;
}

/** Fetches it anew, then listens from where that was read. */
export async function fetchConversation(id: string): Promise<void> {
  patch(id, { status: "loading", error: "" });
  try {
    const view = await ask(id);
    if (!opened.has(id)) return;
    settle(id, view);
    putRow(view.row);
    meetDraft(id, view.draft);
    if (currentId.value === id) listen(id);
    else stale.add(id);
    markRead(id);
  } catch (err) {
    patch(id, { status: viewOf(id) ? "ready" : "error", error: (err as ApiError).message });
  }
}

/** Fetches quietly what is likely to be opened next. */
export async function prefetch(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    if (opened.has(id)) continue;
    const view = await api.get<ConversationView>(`conversations/${id}`).catch(() => null);
    if (!view || opened.has(id)) continue;
    slot(id);
    settle(id, view);
    stale.add(id);
    meetDraft(id, view.draft);
  }
}

/** It is gone for good: nothing of it stays in memory. */
export function dropConversation(id: string): void {
  opened.delete(id);
  sequences.delete(id);
  stale.delete(id);
  for (const { value } of opened.values()) if (value.view) setView(value.view.row.id, (v) => ({ ...v, earlier: v.earlier.filter((r) => r.id !== id) }));
}

function cool(): void {
  for (const id of opened.keys()) {
    if (opened.size <= WARM) return;
    if (id === currentId.value) continue;
    opened.delete(id);
    sequences.delete(id);
    stale.delete(id);
  }
}

/**
 * Fetches the page before the oldest message held, or everything from a number on; after a failure
 * only when it is asked for again.
 */
export async function fetchOlder(id: string, from = 0): Promise<void> {
  const s = opened.get(id)?.value;
  if (!s?.view?.more || s.older) return;
  patch(id, { older: true, olderError: "" });
  const first = Math.min(s.view.messages[0]?.seq ?? Infinity, s.view.events[0]?.seq ?? Infinity);
  try {
    const page = await api.get<{ messages: Message[]; events: ConversationEvent[]; more: boolean }>(
      `conversations/${id}/messages?before=${first}${from > 0 ? `&from=${from}` : ""}`,
    );
    setView(id, (view) => withPage(view, page));
    patch(id, { older: false });
  } catch (err) {
    patch(id, { older: false, olderError: (err as ApiError).message });
  }
}

/** Events of an opened conversation, as the network gives them; what is missing is asked for. */
export function hearEvents(id: string, events: readonly ConversationEvent[]): void {
  const sequence = sequences.get(id);
  if (!sequence) return;
  const fresh = sequence.accept(events);
  const before = viewOf(id)?.person?.id;
  setView(id, (view) => applyEvents(view, fresh));
  // Who turns out to be somebody else has other notes, pages and conversations; what goes on here brings its own along.
  if (viewOf(id)?.person?.id !== before || fresh.some((e) => "other" in e)) refetch(id);
  askFor(id, sequence);
  markRead(id);
}

function refetch(id: string): void {
  if (id === currentId.value) void fetchConversation(id);
  else stale.add(id);
}

function askFor(id: string, sequence: Sequence): void {
  const after = sequence.ask(Date.now());
  if (after !== null) send({ type: "open", conversation_id: id, after, ...(watched.value === id && { watch: true }) });
}

/** The server's heads: whoever is behind asks. */
export function checkHeads(heads: Record<string, number>): void {
  for (const [id, head] of Object.entries(heads)) {
    const sequence = sequences.get(id);
    if (!sequence) continue;
    sequence.noteHead(head);
    askFor(id, sequence);
  }
}

/** A new connection: questions asked on the old one are forgotten. */
export function forgetAsking(): void {
  for (const sequence of sequences.values()) sequence.forgetAsking();
}

/** Rows as they are now, of whichever site. */
export function hearRows(changed: readonly Row[]): void {
  for (const row of changed) {
    setView(row.id, (view) => (row.seq >= view.row.seq ? { ...view, row } : view));
    // The chat shows how what was split off it stands.
    if (row.split_from) setView(row.split_from, (view) => ({ ...view, earlier: [row, ...view.earlier.filter((r) => r.id !== row.id)] }));
  }
}
export function hearMarks(id: string, marks: Marks): void {
  setView(id, (view) => ({ ...view, marks }));
}
export function hearLink({ conversation_id, message_id, link }: LinkFrame): void {
  setView(conversation_id, (view) => ({ ...view, messages: view.messages.map((m) => (m.id === message_id ? { ...m, link } : m)) }));
}
export function hearPage(id: string, page: PageView): void {
  setView(id, (view) => ({ ...view, pages: [page, ...view.pages.filter((p) => p.at !== page.at)].slice(0, 50) }));
}

/** Somebody here looks at a conversation: whoever depends on that lends a function. */
const looks: ((id: string) => void)[] = [];
export function whenLookedAt(fn: (id: string) => void): void {
  looks.push(fn);
}

/** Tells that everything so far was seen; only of the conversation on screen, where the page is looked at. */
export function markRead(id: string): void {
  const view = viewOf(id);
  if (!view || id !== currentId.value || id === watched.value || document.hidden) return;
  for (const look of looks) look(id);
  const said = view.messages.findLast((m) => m.author.kind === "person")?.seq ?? 0;
  const seq = Math.max(said, view.events.findLast((e) => e.type === "card.answered")?.seq ?? 0);
  if (seq <= view.marks.agent_read) return;
  setView(id, (v) => ({ ...v, marks: { ...v.marks, agent_read: seq } }));
  const row = rows.value.get(id);
  if (row) putRow({ ...row, unread: 0 });
  send({ type: "read", conversation_id: id, seq });
}

/** Forgets everything held: the server began another epoch, or another person sits here. */
export function forgetConversations(): void {
  const id = currentId.value;
  opened.clear();
  sequences.clear();
  stale.clear();
  last = "";
  if (id && me.value) showConversation(id);
}

/** A message of one's own that the server confirmed before its event came. */
export function hearOwn(id: string, message: Message): void {
  setView(id, (view) => ({ ...view, messages: withMessage(view.messages, message) }));
}

/**
 * After a new connection: events resume by themselves, but marks and the customer's page take no
 * number, so what was held before is fetched again: on screen now, the others when they are opened.
 */
export function refreshHeld(again: boolean): void {
  const id = currentId.value;
  if (again) for (const held of opened.keys()) stale.add(held);
  if (!id) return;
  const view = viewOf(id);
  if (!view || again) return void fetchConversation(id);
  listen(id);
  if (view.marks.agent_read > 0) send({ type: "read", conversation_id: id, seq: view.marks.agent_read });
}
