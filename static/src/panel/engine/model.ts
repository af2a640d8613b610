import {
  byDue, withCard, withPromise, wordsOf,
  type AgentCard, type Author, type Card, type ConversationEvent, type ConversationState, type CustomerPromise, type Feedback, type LineStatus, type Marks,
  type Message, type OtherTalk, type Pending, type Presence, type VisitorConversation, type VisitorPage,
} from "../../wire";

/** A line of the thread that is not a message. */
export interface Line {
  kind: "line";
  seq: number;
  at: number;
  what: "joined" | "took_over" | "handed" | "left" | "parted" | "ended" | "reopened" | "merged" | "received" | "copied";
  /** Who did it, "" for nobody in particular. */
  by: string;
  /** Who had it before; where a copy went. */
  before: string;
  own: boolean;
  /** Where it goes on, or what goes on here. */
  other?: OtherTalk;
}
export interface Said {
  kind: "said";
  seq: number;
  message: Message;
}
/** Where a card was sent; how it stands now is among the thread's cards. */
export interface Sent {
  kind: "card";
  seq: number;
  at: number;
  id: string;
}
/** A promise was made, or something became of it. */
export interface Promised {
  kind: "promise";
  seq: number;
  at: number;
  what: "made" | "moved" | "kept" | "broken" | "dropped";
  promise: CustomerPromise;
}
export type Entry = Line | Said | Sent | Promised;

/** Does it say something to the visitor that they may not have read? */
export function fromOthers(e: Entry): boolean {
  return e.kind === "card" || (e.kind === "said" && e.message.author.kind !== "person");
}

export interface Thread {
  id: string;
  state: ConversationState;
  agent: AgentCard | null;
  last: VisitorConversation["last"];
  /** Messages for the visitor that were not read. */
  unread: number;
  /** The last event that is among the entries. */
  seq: number;
  marks: Marks;
  /** Oldest first. */
  entries: Entry[];
  cards: Card[];
  /** Of this conversation, the next due first. */
  promises: CustomerPromise[];
  /** What was said about the last closing; null until something was. */
  feedback: Feedback | null;
  /** entries reach up to now without a gap. */
  loaded: boolean;
  /** There are older entries to fetch. */
  more: boolean;
  /** The command by which entries could not be fetched, or "". */
  trouble: "" | "load" | "older";
}

export interface Typing {
  conversation_id: string;
  agent: AgentCard;
}

/** All that the panel shows; plain data, so that tabs can hand it to each other. */
export interface Model {
  /** asked: they have answered the site's form. */
  person: { id: string; name: string; email?: string; verified: boolean; asked?: true } | null;
  /** A session is on its way that may tell another person. */
  arriving: boolean;
  presence: Presence;
  /** Latest first. */
  threads: Thread[];
  /** Written and not confirmed, oldest first. */
  pending: readonly Pending[];
  /** Confirmed, but not yet come back in the thread's order. */
  acked: Message[];
  link: LineStatus;
  typing: Typing[];
  /** The last attempt to fetch what was promised in all conversations failed. */
  promisesMissing: boolean;
  /** As that list told it: what was promised outside of any chat is in no thread. */
  listed?: readonly CustomerPromise[];
  /** The conversation whose feedback did not reach the server, or "". */
  unheard: string;
  /** The conversation whose end did not reach the server, or "". */
  unended: string;
  /** No sound for new messages. */
  quiet: boolean;
  /** The token by which a screen may ask for itself, and when it was handed out; only once one has asked. */
  pass?: { token: string; at: number };
  /** Longest text that the server takes, in code points. */
  textLimit: number;
}

export function emptyModel(presence: Presence): Model {
  return {
    person: null, arriving: false, presence, threads: [], pending: [], acked: [],
    link: { state: "idle", downSince: 0, reason: "" }, typing: [], promisesMissing: false, unheard: "", unended: "", quiet: false, textLimit: 10_000,
  };
}

export function newThread(id: string, at: number, loaded: boolean): Thread {
  return {
    id, state: "waiting", agent: null, last: { by: "person", text: "", at }, unread: 0, seq: 0,
    marks: { person_delivered: 0, person_read: 0, agent_delivered: 0, agent_read: 0 }, entries: [], cards: [], promises: [], feedback: null, loaded, more: false, trouble: "",
  };
}

/** What an event adds to the thread, or null for what is only between machines. */
function entryOf(e: ConversationEvent): Entry | null {
  const line = (what: Line["what"], by = "", before = "", own = false): Line => ({ kind: "line", seq: e.seq, at: e.at, what, by, before, own });
  switch (e.type) {
    case "message.posted":
      return { kind: "said", seq: e.seq, message: e.message };
    case "conversation.taken":
      if (e.handed) return line("handed", e.agent.name);
      return e.from ? line("took_over", e.agent.name, e.from.name) : line("joined", e.agent.name);
    case "guest.joined":
      return line("joined", e.agent.name);
    case "guest.left":
      return line("parted", e.agent.name);
    case "conversation.released":
      return line("left", e.agent.name);
    case "conversation.closed":
      return line("ended", e.by.kind === "agent" ? e.by.name : "", "", e.by.kind === "person");
    case "conversation.reopened":
      return line("reopened");
    case "conversation.merged":
    case "conversation.received":
      return { ...line(e.type === "conversation.merged" ? "merged" : "received"), other: e.other };
    case "transcript.sent":
      return line("copied", e.by.name, e.to, e.by.kind === "person");
    case "card.sent":
      return { kind: "card", seq: e.seq, at: e.at, id: e.card.id };
    case "promise.made":
    case "promise.moved":
    case "promise.kept":
    case "promise.broken":
    case "promise.dropped":
      // None is left of it where the conversation that it was kept in was erased.
      return "promise" in e ? { kind: "promise", seq: e.seq, at: e.at, what: e.type.slice("promise.".length) as Promised["what"], promise: e.promise } : null;
    default:
      return null;
  }
}

function entriesOf(events: readonly ConversationEvent[]): Entry[] {
  return events.map(entryOf).filter((e) => e !== null);
}

/** An agent goes on with it themselves; a customer's word waits for whoever is free. */
function reopenedBy({ kind, id, name }: Author): Pick<Thread, "state" | "agent"> {
  return kind === "agent" ? { state: "open", agent: { id, name, picture: "" } } : { state: "waiting", agent: null };
}

/** What became of cards and promises, and what was said of a closing, laid over the thread. */
function agreed(thread: Thread, e: ConversationEvent): Thread {
  if ("card" in e) return { ...thread, cards: withCard(thread.cards, e.card) };
  if ("feedback" in e) return { ...thread, feedback: e.feedback };
  if (e.type === "conversation.closed" || e.type === "conversation.reopened") return { ...thread, feedback: null };
  if (e.type === "conversation.merged") return { ...thread, promises: [] };
  if ("promise" in e) return { ...thread, promises: withPromise(thread.promises, e.promise) };
  return thread;
}

/** Something was said at this place, by a message or by a card. */
function told(thread: Thread, seq: number, last: Thread["last"]): Thread {
  const fresh = last.by !== "person" && seq > thread.marks.person_read;
  return { ...thread, unread: thread.unread + Number(fresh), last };
}

/** The thread after one event. */
function after(before: Thread, e: ConversationEvent): Thread {
  const thread = agreed(before, e);
  switch (e.type) {
    case "message.posted":
      return told(thread, e.seq, { by: e.message.author.kind, text: wordsOf(e.message), at: e.message.at });
    case "card.sent":
      return told(thread, e.seq, { by: "agent", text: e.card.text, at: e.at });
    case "conversation.taken":
      return { ...thread, state: "open", agent: e.agent };
    case "conversation.released":
      return { ...thread, state: "waiting", agent: null };
    case "conversation.closed":
      return { ...thread, state: "closed" };
    case "conversation.reopened":
      return { ...thread, ...reopenedBy(e.by) };
    default:
      return thread;
  }
}

/** The thread after events that follow its seq without a gap. */
export function withEvents(thread: Thread, events: readonly ConversationEvent[]): Thread {
  const next = events.reduce(after, thread);
  return { ...next, entries: [...thread.entries, ...entriesOf(events)], seq: events.at(-1)?.seq ?? thread.seq };
}

/** Messages, cards and lines of a page in their one order. */
function pageEntries(page: VisitorPage): Entry[] {
  const said: Entry[] = page.messages.map((message) => ({ kind: "said", seq: message.seq, message }));
  const lines = entriesOf(page.events).filter((e) => e.kind !== "said");
  return [...said, ...lines].sort((a, b) => a.seq - b.seq);
}

/** How many of these the visitor may not have read, who has read up to a place. */
export function missed(entries: readonly Entry[], read: number): number {
  return entries.filter((e) => fromOthers(e) && e.seq > read).length;
}

/**
 * The thread with its latest page, in place of whatever it held. What came while it was fetched is
 * in the page and not told again, so it is counted here; of more than a page only the server knows.
 */
export function withPage(thread: Thread, page: VisitorPage): Thread {
  const { cards, feedback } = page.events.reduce(agreed, { ...thread, cards: [], feedback: null });
  const entries = pageEntries(page);
  const unread = missed(entries, page.marks.person_read);
  return {
    ...thread, entries, cards, feedback, unread: page.more ? Math.max(thread.unread, unread) : unread, promises: [...page.promises].sort(byDue), more: page.more, seq: page.seq, marks: page.marks,
    loaded: true, trouble: "",
  };
}

/** The thread with a page of older entries before those it holds. */
export function withOlder(thread: Thread, page: VisitorPage): Thread {
  const first = thread.entries[0]?.seq ?? Infinity;
  const older = pageEntries(page).filter((e) => e.seq < first);
  // What is held knows how promises stand today; only of cards may the page tell more.
  const { cards } = page.events.reduce(agreed, thread);
  return { ...thread, entries: [...older, ...thread.entries], cards, more: page.more, trouble: "" };
}

/** The summaries of a hello or a session laid over what is known; threads of another person go. */
export function withSummaries(threads: readonly Thread[], list: readonly VisitorConversation[], mine: (id: string) => boolean): Thread[] {
  const known = new Map(threads.map((thread) => [thread.id, thread]));
  const told = list.map((c): Thread => {
    const thread = known.get(c.id) ?? newThread(c.id, c.last.at, false);
    return { ...thread, state: c.state, agent: c.agent, last: c.last, unread: c.unread, marks: c.marks };
  });
  const own = threads.filter((thread) => mine(thread.id) && !list.some((c) => c.id === thread.id));
  return latestFirst([...own, ...told]);
}

/** The threads with their promises as a list of them all tells it; a thread that is kept up knows its own. */
export function withPromises(threads: readonly Thread[], list: readonly CustomerPromise[]): Thread[] {
  return threads.map((thread) => (thread.loaded ? thread : { ...thread, promises: list.filter((p) => p.conversation_id === thread.id) }));
}

/** Threads for unsent messages that a reload found, where they are not among those known. */
export function withUnsent(threads: Thread[], pending: readonly Pending[]): Thread[] {
  const missing = pending.filter((m, i) => {
    const first = pending.findIndex((o) => o.conversation_id === m.conversation_id) === i;
    return first && !threads.some((t) => t.id === m.conversation_id);
  });
  return [...missing.map((m) => newThread(m.conversation_id, m.at, false)), ...threads];
}

export function latestFirst(threads: Thread[]): Thread[] {
  return threads.sort((a, b) => b.last.at - a.last.at);
}

/** Where a conversation goes on that was brought into another. */
export function goesOn(thread: Thread | undefined): string {
  const merged = thread?.entries.findLast((e) => e.kind === "line" && e.what === "merged") as Line | undefined;
  return merged?.other!.id ?? "";
}

/** The visitor's conversation that is going on: the latest that is not closed. */
export function current(model: Model): Thread | undefined {
  return model.threads.find((thread) => thread.state !== "closed");
}

/** What was promised in all conversations, the next due first. */
export function promisesOf(model: Model): CustomerPromise[] {
  const elsewhere = (model.listed ?? []).filter((p) => !model.threads.some((thread) => thread.id === p.conversation_id));
  return [...model.threads.flatMap((thread) => thread.promises), ...elsewhere].sort(byDue);
}

export function unread(model: Model): number {
  return model.threads.reduce((sum, thread) => sum + thread.unread, 0);
}
