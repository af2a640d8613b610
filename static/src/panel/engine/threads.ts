import type { LinkFrame } from "../../wire/protocol";
import { Sequence, type ConversationEvent, type VisitorFrame, type VisitorPage } from "../../wire";
import { latestFirst, missed, newThread, withEvents, withOlder, withPage, type Model, type Thread } from "./model";

export interface ThreadsIO {
  now(): number;
  /** A page of history: the latest, or the one before this number. */
  page(id: string, before?: number): Promise<VisitorPage>;
  model(): Model;
  set(part: Partial<Model>): void;
  send(frame: VisitorFrame): void;
  /** A message of ours has its place in the thread. */
  confirmed(clientId: string): void;
  /** How the cards of a thread stand now. */
  standing(cards: Thread["cards"]): void;
  /** An event came on the screen for the first time; history does not count. */
  shown(id: string, e: ConversationEvent): void;
}

/** Keeps every thread of the model in the server's order, without gaps and each event once. */
export class Threads {
  private readonly order = new Map<string, Sequence>();
  private readonly fetching = new Set<string>();

  constructor(private readonly io: ThreadsIO) {}

  /** Takes the places of a model that another tab, or a reload, left. */
  restore(): void {
    for (const thread of this.io.model().threads) this.order.set(thread.id, new Sequence(thread.seq));
  }

  /** A conversation that begins here. */
  begin(id: string, at: number): void {
    this.order.set(id, new Sequence(0));
    this.io.set({ threads: [newThread(id, at, true), ...this.io.model().threads] });
  }

  /** One that was begun here and never came to be. */
  drop(id: string): void {
    this.order.delete(id);
    this.io.set({ threads: this.io.model().threads.filter((t) => t.id !== id) });
  }

  /** What is held of this conversation cannot be continued. */
  reload(id: string): void {
    this.order.get(id)?.forget();
    void this.load(id);
  }

  clear(): void {
    this.order.clear();
  }

  get(id: string): Thread | undefined {
    return this.io.model().threads.find((t) => t.id === id);
  }

  private sequence(id: string): Sequence {
    let sequence = this.order.get(id);
    if (!sequence) this.order.set(id, (sequence = new Sequence(0)));
    return sequence;
  }

  put(thread: Thread): void {
    const others = this.io.model().threads.filter((t) => t.id !== thread.id);
    this.io.set({ threads: latestFirst([...others, thread]) });
  }

  take(id: string, events: readonly ConversationEvent[]): void {
    const sequence = this.sequence(id);
    const fresh = sequence.accept(events);
    const thread = this.get(id) ?? newThread(id, events[0]?.at ?? this.io.now(), false);
    if (fresh.length) this.show(thread, fresh);
    // A thread whose beginning is not here is fetched; a thread with a hole asks for what is missing.
    else if (!thread.loaded) void this.load(id);
    this.behind(id, 0);
  }

  private show(thread: Thread, fresh: readonly ConversationEvent[]): void {
    const next = withEvents({ ...thread, loaded: true }, fresh);
    const ids = new Set(fresh.map((e) => (e.type === "message.posted" ? e.message.client_id : "")));
    this.put(next);
    this.arrived(next);
    for (const id of ids) if (id) this.io.confirmed(id);
    this.io.standing(next.cards);
    const heard = fresh.findLast((e) => e.type === "card.sent" || (e.type === "message.posted" && e.message.author.kind !== "person"));
    if (heard) this.io.send({ type: "delivered", conversation_id: thread.id, seq: heard.seq });
    for (const e of fresh) this.io.shown(thread.id, e);
  }

  /** What was acknowledged up to here has its place in the thread, or before its first page. */
  private arrived({ id, seq }: Thread): void {
    this.io.set({ acked: this.io.model().acked.filter((m) => m.conversation_id !== id || m.seq > seq) });
  }

  /** Asks for what is missing, if something is and it was not just asked. */
  behind(id: string, head: number): void {
    const sequence = this.sequence(id);
    sequence.noteHead(head);
    const thread = this.get(id);
    if (thread && !thread.loaded) return;
    const place = sequence.ask(this.io.now());
    if (place !== null) this.io.send({ type: "resume", conversation_id: id, after: place });
  }

  /** The visitor already had an open conversation: what was begun here goes on there. */
  moved(from: string, to: string): void {
    this.order.delete(from);
    const threads = this.io.model().threads.filter((t) => t.id !== from);
    if (!threads.some((t) => t.id === to)) threads.unshift(newThread(to, this.io.now(), false));
    this.io.set({ threads });
    if (!this.get(to)?.loaded) void this.load(to);
  }

  marked(id: string, marks: Thread["marks"]): void {
    const thread = this.get(id);
    if (!thread) return;
    this.put({ ...thread, marks, unread: thread.loaded ? Math.min(thread.unread, missed(thread.entries, marks.person_read)) : thread.unread });
  }

  /** A message's link leads to this. */
  linked({ conversation_id, message_id, link }: LinkFrame): void {
    const thread = this.get(conversation_id);
    if (thread) this.put({ ...thread, entries: thread.entries.map((e) => (e.kind === "said" && e.message.id === message_id ? { ...e, message: { ...e.message, link } } : e)) });
  }

  /** What a reload kept for a conversation that the server never heard of begins it. */
  beginUnknown(known: ReadonlySet<string>): void {
    this.io.set({ threads: this.io.model().threads.map((t) => (t.loaded || known.has(t.id) ? t : { ...t, loaded: true })) });
  }

  /** The server answers the hello's resume by itself: what is missing counts as asked for. */
  expect(id: string, head: number): void {
    const sequence = this.sequence(id);
    sequence.forgetAsking();
    sequence.noteHead(head);
    sequence.ask(this.io.now());
  }

  forgetPlaces(): void {
    for (const sequence of this.order.values()) sequence.forget();
    this.io.set({ acked: [], threads: this.io.model().threads.map((t) => ({ ...t, loaded: false, seq: 0 })) });
  }

  async load(id: string): Promise<void> {
    await this.fetch(id, undefined, (thread, page) => {
      const early = this.sequence(id).restart(page.seq);
      const next = withPage(thread, page);
      this.put(next);
      this.arrived(next);
      for (const m of page.messages) this.io.confirmed(m.client_id);
      this.io.standing(next.cards);
      if (early.length) this.show(this.get(id)!, early);
      this.behind(id, 0);
    });
  }

  async older(id: string): Promise<void> {
    const first = this.get(id)?.entries[0]?.seq;
    if (first) await this.fetch(id, first, (thread, page) => this.put(withOlder(thread, page)));
  }

  /** One fetch per conversation at a time; a failure shows in the thread and loses nothing. */
  private async fetch(id: string, before: number | undefined, use: (thread: Thread, page: VisitorPage) => void): Promise<void> {
    if (this.fetching.has(id)) return;
    this.fetching.add(id);
    const person = this.io.model().person?.id;
    try {
      const page = await this.io.page(id, before);
      this.fetching.delete(id);
      const thread = this.get(id);
      if (thread && person === this.io.model().person?.id) use(thread, page);
    } catch {
      this.fetching.delete(id);
      const thread = this.get(id);
      if (thread) this.put({ ...thread, trouble: before ? "older" : "load" });
    }
  }
}
