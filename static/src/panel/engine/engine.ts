import {
  Line, Outbox, Sequence, newId,
  type ConversationEvent, type Env, type LineStatus, type Message, type Pending, type Presence, type Session, type ToVisitorFrame, type VisitorFrame,
} from "../../wire";
import type { Attributes, EventName, Page } from "../../loader/port";
import type { Api } from "./api";
import type { Command } from "./command";
import { current, emptyModel, latestFirst, newThread, withEvents, withOlder, withPage, withSummaries, withUnsent, type Model, type Thread } from "./model";
import { SessionKeeper, type Kept } from "./session";

export interface EngineIO {
  api: Api;
  env: Env;
  site: string;
  locale: string;
  socketUrl: string;
  changed(model: Model): void;
  /** Something happened that a host page may want to hear of. */
  tell(name: EventName, detail?: unknown): void;
  keep(kept: Kept | null): void;
  read(): Promise<Kept | null>;
  askToken(): void;
}

/** An agent's writing is over when it was not told again for this long, in ms. */
const TYPING_LASTS = 10_000;

/**
 * The visitor's side of the conversation: session, socket, threads in order, unsent messages.
 * One runs per browser profile; it knows no screen. Before join() it neither asks nor keeps anything.
 */
export class Engine {
  model: Model;
  private readonly keeper: SessionKeeper;
  private readonly line: Line<VisitorFrame, ToVisitorFrame>;
  private readonly outbox: Outbox;
  private readonly order = new Map<string, Sequence>();
  private readonly fetching = new Set<string>();
  private readonly quietAfter = new Map<string, () => void>();
  private epoch = "";
  private joined = false;
  private attributes: Attributes = {};
  private page: Page | null = null;
  private draft = "";
  private open = false;

  constructor(private readonly io: EngineIO, presence: Presence, kept: Kept | null, mirror?: Model) {
    const { env } = io;
    this.model = mirror ?? { ...emptyModel(presence), pending: kept?.out ?? [], quiet: kept?.quiet ?? false };
    this.model.threads = withUnsent(this.model.threads, this.model.pending);
    for (const thread of this.model.threads) this.order.set(thread.id, new Sequence(thread.seq));
    this.keeper = new SessionKeeper({
      api: io.api, site: io.site, locale: io.locale, now: () => env.now(),
      read: async () => (await io.read())?.secret,
      opened: (session) => this.opened(session),
      identityRefused: (refusal) => {
        io.tell("error", refusal.failure);
        io.askToken();
      },
    });
    this.keeper.secret = kept?.secret;
    this.draft = kept?.draft ?? "";
    this.open = kept?.open ?? false;
    this.line = new Line({
      env, url: io.socketUrl,
      hello: (fresh) => this.hello(fresh),
      frame: (frame) => this.receive(frame),
      change: (status) => this.linked(status),
    });
    this.outbox = new Outbox({
      env,
      send: (m) => this.line.send({ type: "post", ref: m.client_id, conversation_id: m.conversation_id, client_id: m.client_id, text: m.text }),
      keep: (pending) => {
        this.set({ pending });
        this.keep();
      },
      stuck: () => this.line.restart(),
    }, this.model.pending);
    if (kept?.secret || this.model.pending.length || this.model.person) this.join();
  }

  run(command: Command): void {
    switch (command.do) {
      case "post": return this.post(command.message);
      case "retry": return this.outbox.retry(command.id);
      case "discard": return void this.outbox.discard(command.id);
      case "typing": return void this.line.send({ type: "typing", conversation_id: command.conversation, on: command.on });
      case "read": return this.read(command.conversation, command.seq);
      case "end": return void this.keeper.get().then((token) => this.io.api.end(token, command.conversation)).catch(() => this.line.restart());
      case "load": return void this.load(command.conversation);
      case "older": return void this.older(command.conversation);
      case "identify": return this.identify(command.token, command.attributes);
      case "attributes": return this.learn(command.attributes);
      case "page": return this.visit(command.page);
      case "quiet": {
        this.set({ quiet: command.on });
        return this.keep();
      }
      case "fold": {
        this.open = command.open;
        return this.keep();
      }
      case "draft": {
        if (command.text === this.draft) return;
        this.draft = command.text;
        return this.keep();
      }
      case "reset": return this.reset();
      case "nudge": return this.line.nudge();
    }
  }

  /** Ends the socket; what is kept stays. */
  stop(): void {
    this.line.stop();
    this.outbox.down();
    for (const cancel of this.quietAfter.values()) cancel();
  }

  // ------------------------------------------------------------------ commands

  private join(): void {
    if (this.joined) return;
    this.joined = true;
    this.line.start();
  }

  private post(message: Pending): void {
    if (!this.thread(message.conversation_id)) {
      this.order.set(message.conversation_id, new Sequence(0));
      this.set({ threads: [newThread(message.conversation_id, message.at, true), ...this.model.threads] });
    }
    this.outbox.add(message);
    this.join();
  }

  private read(id: string, seq: number): void {
    const thread = this.thread(id);
    if (!thread || (thread.unread === 0 && thread.marks.person_read >= seq)) return;
    this.line.send({ type: "read", conversation_id: id, seq });
    this.put({ ...thread, unread: 0, marks: { ...thread.marks, person_read: Math.max(seq, thread.marks.person_read) } });
  }

  private identify(token: string, attributes: Attributes): void {
    this.learn(attributes);
    const changed = this.keeper.identify(token);
    if (!this.joined) return this.join();
    if (changed) void this.becomeKnown();
  }

  /** The socket goes on as whoever the session says; another person wants another socket. */
  private async becomeKnown(): Promise<void> {
    const before = this.model.person;
    await this.keeper.get().catch(() => {});
    const now = this.model.person;
    if (before?.id !== now?.id || before?.verified !== now?.verified) this.line.restart();
  }

  private learn(attributes: Attributes): void {
    this.attributes = { ...this.attributes, ...attributes };
    if (this.model.person) void this.teach();
  }

  /** Tells the server what the page said of the customer; it stays "unverified" there. */
  private async teach(): Promise<void> {
    const { name, email, ...rest } = this.attributes;
    if (!Object.keys(this.attributes).length) return;
    try {
      await this.io.api.attributes(await this.keeper.get(), rest, name, email);
      this.attributes = {};
    } catch {
      // Told again with the next connection.
    }
  }

  private visit(page: Page): void {
    this.page = page;
    this.line.send({ type: "page", ...page });
  }

  private reset(): void {
    if (this.model.person) void this.keeper.get().then((token) => this.io.api.forget(token)).catch(() => {});
    this.line.stop();
    this.outbox.clear();
    this.keeper.forget();
    this.joined = false;
    this.attributes = {};
    this.epoch = "";
    this.order.clear();
    this.set({ ...emptyModel(this.model.presence), quiet: this.model.quiet });
    this.io.keep(null);
  }

  // ------------------------------------------------------------------ session and socket

  private opened(session: Session | null): void {
    const before = this.model.person;
    if (!session) {
      this.keep();
      return;
    }
    // Another customer: what the one before wrote must not be sent in this one's name.
    const other = before !== null && before.id !== session.person.id;
    if (other && before.verified) this.outbox.clear();
    if (other) this.order.clear();
    const { id, name, verified } = session.person;
    this.set({
      person: { id, name, verified },
      presence: session.presence,
      acked: other ? [] : this.model.acked,
      threads: withSummaries(other ? [] : this.model.threads, session.conversations, (t) => this.unsentTo(t)),
    });
    this.keep();
    if (before?.id !== id || before.verified !== verified) this.io.tell("session", { verified });
    this.io.tell("status", session.presence.status);
  }

  private unsentTo(id: string): boolean {
    return this.model.pending.some((m) => m.conversation_id === id) || this.model.acked.some((m) => m.conversation_id === id);
  }

  private async hello(fresh: boolean): Promise<VisitorFrame> {
    const token = await this.keeper.get(fresh);
    const loaded = this.model.threads.filter((t) => t.loaded && t.seq > 0).slice(0, 20);
    return { type: "hello", protocol: 1, token, epoch: this.epoch, resume: Object.fromEntries(loaded.map((t) => [t.id, t.seq])) };
  }

  private linked(link: LineStatus): void {
    if (link.state !== "live") this.outbox.down();
    this.set({ link, typing: link.state === "live" ? this.model.typing : [] });
  }

  private receive(frame: ToVisitorFrame): void {
    switch (frame.type) {
      case "hello": return this.welcomed(frame);
      case "events": return this.take(frame.conversation_id, frame.events);
      case "ack": return this.acknowledged(frame.ref, frame.conversation_id, frame.message);
      case "error": return frame.ref ? this.outbox.refused(frame.ref, frame) : undefined;
      case "typing": return this.typing(frame);
      case "marks": return this.marked(frame.conversation_id, frame.marks);
      case "presence": {
        this.set({ presence: frame.presence });
        return this.io.tell("status", frame.presence.status);
      }
      case "beat": {
        for (const [id, head] of Object.entries(frame.heads)) this.behind(id, head);
        return;
      }
      case "reload": {
        this.order.get(frame.conversation_id)?.forget();
        return void this.load(frame.conversation_id);
      }
    }
  }

  private welcomed(frame: Extract<ToVisitorFrame, { type: "hello" }>): void {
    if (this.epoch && this.epoch !== frame.epoch) this.forgetPlaces();
    this.epoch = frame.epoch;
    this.set({
      person: frame.person,
      presence: frame.presence,
      textLimit: frame.limits.text,
      threads: withSummaries(this.model.threads, frame.conversations, (id) => this.unsentTo(id)),
    });
    for (const { id, seq } of frame.conversations) this.expect(id, seq);
    this.beginUnknown(new Set(frame.conversations.map((c) => c.id)));
    const going = current(this.model) ?? this.model.threads[0];
    if (going && !going.loaded) void this.load(going.id);
    this.outbox.up();
    void this.teach();
    if (this.page) this.visit(this.page);
  }

  /** What a reload kept for a conversation that the server never heard of begins it. */
  private beginUnknown(known: ReadonlySet<string>): void {
    this.set({ threads: this.model.threads.map((t) => (t.loaded || known.has(t.id) ? t : { ...t, loaded: true })) });
  }

  /** The server answers the hello's resume by itself: what is missing counts as asked for. */
  private expect(id: string, head: number): void {
    const sequence = this.sequence(id);
    sequence.forgetAsking();
    sequence.noteHead(head);
    sequence.ask(this.io.env.now());
  }

  private forgetPlaces(): void {
    for (const sequence of this.order.values()) sequence.forget();
    this.set({ acked: [], threads: this.model.threads.map((t) => ({ ...t, loaded: false, seq: 0 })) });
  }

  // ------------------------------------------------------------------ threads

  private thread(id: string): Thread | undefined {
    return this.model.threads.find((t) => t.id === id);
  }

  private sequence(id: string): Sequence {
    let sequence = this.order.get(id);
    if (!sequence) this.order.set(id, (sequence = new Sequence(0)));
    return sequence;
  }

  private put(thread: Thread): void {
    const others = this.model.threads.filter((t) => t.id !== thread.id);
    this.set({ threads: latestFirst([...others, thread]) });
  }

  private take(id: string, events: readonly ConversationEvent[]): void {
    const sequence = this.sequence(id);
    const fresh = sequence.accept(events);
    const thread = this.thread(id) ?? newThread(id, events[0]?.at ?? this.io.env.now(), false);
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
    for (const id of ids) if (id) this.outbox.confirmed(id);
    const heard = fresh.findLast((e) => e.type === "message.posted" && e.message.author.kind !== "person");
    if (heard) this.line.send({ type: "delivered", conversation_id: thread.id, seq: heard.seq });
    for (const e of fresh) this.report(thread.id, e);
  }

  /** What was acknowledged up to here has its place in the thread, or before its first page. */
  private arrived({ id, seq }: Thread): void {
    this.set({ acked: this.model.acked.filter((m) => m.conversation_id !== id || m.seq > seq) });
  }

  private report(id: string, e: ConversationEvent): void {
    const { tell } = this.io;
    if (e.type === "conversation.started") tell("conversation:start", { id });
    if (e.type === "conversation.closed") tell("conversation:end", { id });
    if (e.type === "conversation.taken") tell("agent:joined", { name: e.agent.name });
    if (e.type !== "message.posted") return;
    const { message } = e;
    if (message.author.kind === "person") return tell("message:sent", { id: message.id, text: message.text });
    this.stopTyping(id);
    tell("message", { id: message.id, from: message.author.name, text: message.text });
  }

  /** Asks for what is missing, if something is and it was not just asked. */
  private behind(id: string, head: number): void {
    const sequence = this.sequence(id);
    sequence.noteHead(head);
    const thread = this.thread(id);
    if (thread && !thread.loaded) return;
    const place = sequence.ask(this.io.env.now());
    if (place !== null) this.line.send({ type: "resume", conversation_id: id, after: place });
  }

  private acknowledged(ref: string, id: string, message?: Message): void {
    const sent = this.model.pending.find((m) => m.client_id === ref);
    if (sent && sent.conversation_id !== id) this.moved(sent.conversation_id, id);
    if (message && sent) {
      if (message.seq > (this.thread(id)?.seq ?? 0)) this.set({ acked: [...this.model.acked, message] });
      this.take(id, [{ type: "message.posted", seq: message.seq, prev: message.seq - 1, at: message.at, message }]);
    }
    this.outbox.confirmed(ref);
  }

  /** The visitor already had an open conversation: what was begun here goes on there. */
  private moved(from: string, to: string): void {
    this.outbox.moved(from, to);
    this.order.delete(from);
    const threads = this.model.threads.filter((t) => t.id !== from);
    if (!threads.some((t) => t.id === to)) threads.unshift(newThread(to, this.io.env.now(), false));
    this.set({ threads });
    if (!this.thread(to)?.loaded) void this.load(to);
  }

  private marked(id: string, marks: Thread["marks"]): void {
    const thread = this.thread(id);
    if (!thread) return;
    const missed = thread.entries.filter((e) => e.kind === "said" && e.message.author.kind !== "person" && e.seq > marks.person_read).length;
    this.put({ ...thread, marks, unread: thread.loaded ? Math.min(thread.unread, missed) : thread.unread });
  }

  private typing({ conversation_id: id, agent, on }: Extract<ToVisitorFrame, { type: "typing" }>): void {
    this.stopTyping(id);
    if (!on) return;
    this.set({ typing: [...this.model.typing, { conversation_id: id, agent }] });
    this.quietAfter.set(id, this.io.env.after(TYPING_LASTS, () => this.stopTyping(id)));
  }

  private stopTyping(id: string): void {
    this.quietAfter.get(id)?.();
    if (this.model.typing.some((t) => t.conversation_id === id)) this.set({ typing: this.model.typing.filter((t) => t.conversation_id !== id) });
  }

  private async load(id: string): Promise<void> {
    await this.fetch(id, undefined, (thread, page) => {
      const early = this.sequence(id).restart(page.seq);
      const next = withPage(thread, page);
      this.put(next);
      this.arrived(next);
      for (const m of page.messages) this.outbox.confirmed(m.client_id);
      if (early.length) this.show(this.thread(id)!, early);
      this.behind(id, 0);
    });
  }

  private async older(id: string): Promise<void> {
    const first = this.thread(id)?.entries[0]?.seq;
    if (first) await this.fetch(id, first, (thread, page) => this.put(withOlder(thread, page)));
  }

  /** One fetch per conversation at a time; a failure shows in the thread and loses nothing. */
  private async fetch(id: string, before: number | undefined, use: (thread: Thread, page: Awaited<ReturnType<Api["page"]>>) => void): Promise<void> {
    if (this.fetching.has(id)) return;
    this.fetching.add(id);
    const person = this.model.person?.id;
    try {
      const page = await this.io.api.page(await this.keeper.get(), id, before);
      this.fetching.delete(id);
      const thread = this.thread(id);
      if (thread && person === this.model.person?.id) use(thread, page);
    } catch {
      this.fetching.delete(id);
      const thread = this.thread(id);
      if (thread) this.put({ ...thread, trouble: true });
    }
  }

  // ------------------------------------------------------------------ state

  private set(part: Partial<Model>): void {
    this.model = { ...this.model, ...part };
    this.io.changed(this.model);
  }

  /** Nothing is kept before the first message or an identify. */
  private keep(): void {
    const { secret } = this.keeper;
    if (!this.joined && !this.model.pending.length) return;
    this.io.keep({
      ...(secret && { secret }), out: this.model.pending, ...(this.model.quiet && { quiet: true }),
      ...(this.draft && { draft: this.draft }), ...(this.open && { open: true }),
    });
  }
}

/** A message as the composer hands it on. */
export function draftMessage(conversation: string, text: string, now: number): Pending {
  return { client_id: newId(now), conversation_id: conversation, text, at: now };
}
