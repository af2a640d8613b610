import {
  ANSWERED, Line, Outbox, newId, withCard,
  type Card, type ConversationEvent, type Env, type Failure, type LineStatus, type Message, type Pending, type Presence, type Session, type ToVisitorFrame, type VisitorFrame,
} from "../../wire";
import type { Attributes, EventName } from "../../loader/port";
import { About } from "./about";
import type { Api } from "./api";
import { Calls } from "./calls";
import type { Command } from "./command";
import { current, emptyModel, withSummaries, withUnsent, type Model } from "./model";
import { SessionKeeper, type Kept } from "./session";
import { Threads } from "./threads";
import { Writers } from "./writers";

export interface EngineIO {
  api: Api;
  env: Env;
  site: string;
  locale: string;
  socketUrl: string;
  changed(model: Model): void;
  /** Something happened that a host page may want to hear of, or, as "site", the settings changed. */
  tell(name: EventName | "site" | "form", detail?: unknown): void;
  keep(kept: Kept | null): void;
  read(): Promise<Kept | null>;
  askToken(): void;
}

/**
 * The visitor's side of the conversation: session, socket, threads in order, unsent messages.
 * One runs per browser profile; it knows no screen. Before join() it neither asks nor keeps anything.
 */
export class Engine {
  model: Model;
  private keeper: SessionKeeper;
  private readonly line: Line<VisitorFrame, ToVisitorFrame>;
  private readonly outbox: Outbox;
  private readonly threads: Threads;
  private readonly about: About;
  private readonly calls: Calls;
  private readonly writers: Writers;
  private epoch = "";
  private joined = false;
  private draft = "";
  private open = false;

  constructor(private readonly io: EngineIO, presence: Presence, kept: Kept | null, mirror?: Model) {
    const { env } = io;
    this.model = mirror ?? { ...emptyModel(presence), pending: kept?.out ?? [], quiet: kept?.quiet ?? false };
    this.model.threads = withUnsent(this.model.threads, this.model.pending);
    this.threads = new Threads({
      now: () => env.now(),
      page: async (id, before) => io.api.page(await this.keeper.get(), id, before),
      model: () => this.model,
      set: (part) => this.set(part),
      send: (frame) => void this.line.send(frame),
      confirmed: (clientId) => this.outbox.confirmed(clientId),
      standing: (cards) => this.answered(cards),
      shown: (id, e) => this.report(id, e),
    });
    this.threads.restore();
    this.keeper = this.newKeeper();
    this.keeper.secret = kept?.secret;
    this.draft = kept?.draft ?? "";
    this.open = kept?.open ?? false;
    this.about = new About({
      teach: async (attributes, name, email) => io.api.attributes(await this.keeper.get(), attributes, name, email),
      send: (frame) => void this.line.send(frame),
      keep: () => this.keep(),
      known: () => this.keeper.secret !== undefined,
    }, kept?.events ?? []);
    this.calls = new Calls({
      api: io.api,
      token: () => this.keeper.get(),
      model: () => this.model,
      set: (part) => this.set(part),
      unreached: () => this.line.restart(),
    });
    this.writers = new Writers({ env, typing: () => this.model.typing, set: (typing) => this.set({ typing }) });
    this.line = new Line({
      env, url: io.socketUrl,
      hello: (fresh) => this.hello(fresh),
      frame: (frame) => this.receive(frame),
      change: (status) => this.linked(status),
    });
    this.outbox = new Outbox({
      env,
      send: (m) => this.line.send(frameOf(m)),
      keep: (pending) => {
        this.set({ pending });
        this.keep();
      },
      stuck: () => this.line.restart(),
    }, this.model.pending);
    if (kept?.secret || this.model.pending.length || this.model.person) this.join();
  }

  private newKeeper(): SessionKeeper {
    const { api, env, site, locale, read, tell, askToken } = this.io;
    return new SessionKeeper({
      api, env, site, locale,
      read: async () => (await read())?.secret,
      opened: (session) => this.opened(session),
      identityRefused: ({ failure }) => tell("error", failure),
      askIdentity: askToken,
    });
  }

  run(command: Command): void {
    switch (command.do) {
      case "post": return this.post(command.message);
      case "retry": return this.outbox.retry(command.id);
      case "discard": return void this.outbox.discard(command.id);
      case "typing": return void this.line.send({ type: "typing", conversation_id: command.conversation, on: command.on });
      case "read": return this.read(command.conversation, command.seq);
      case "end": return void this.calls.end(command.conversation);
      case "load": return void this.threads.load(command.conversation);
      case "older": return void this.threads.older(command.conversation);
      case "feedback": return void this.calls.sayHow(command.conversation, command.said);
      case "promises": return void this.calls.promises();
      case "pass": return void this.pass(command.fresh).catch(() => {});
      case "identify": return this.identify(command.token, command.attributes);
      case "attributes": return this.learn(command.attributes);
      case "page": return this.about.visit(command.page);
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
    this.keeper.stop();
    this.line.stop();
    this.outbox.down();
    this.writers.stop();
  }

  // ------------------------------------------------------------------ commands

  private join(): void {
    if (this.joined) return;
    this.joined = true;
    this.set({ arriving: true });
    this.line.start();
  }

  private post(message: Pending): void {
    if (message.answer && this.isAnswered(message.answer.card_id)) return;
    if (!this.threads.get(message.conversation_id)) this.threads.begin(message.conversation_id, message.at);
    this.outbox.add(message);
    this.join();
  }

  private read(id: string, seq: number): void {
    const thread = this.threads.get(id);
    if (!thread || (thread.unread === 0 && thread.marks.person_read >= seq)) return;
    this.line.send({ type: "read", conversation_id: id, seq });
    // What came after what was looked at is still unread.
    this.threads.marked(id, { ...thread.marks, person_read: Math.max(seq, thread.marks.person_read) });
  }

  private answerTo(cardId: string): Pending | undefined {
    return this.model.pending.find((m) => m.answer?.card_id === cardId);
  }

  /** A card is answered once, whichever tab it was pressed in. */
  private isAnswered(cardId: string): boolean {
    const card = this.model.threads.flatMap((t) => t.cards).find((c) => c.id === cardId);
    return card?.state !== "sent" || this.answerTo(cardId) !== undefined;
  }

  /** Whoever sent the answer that counts, one that still waits here for such a card has nothing left to say. */
  private answered(cards: readonly Card[]): void {
    for (const card of cards) {
      const waits = card.state !== "sent" && this.answerTo(card.id);
      if (waits) this.outbox.confirmed(waits.client_id);
    }
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
    this.set({ arriving: true });
    await this.keeper.get().catch(() => this.set({ arriving: false }));
    const now = this.model.person;
    if (before?.id !== now?.id || before?.verified !== now?.verified) this.line.restart();
  }

  private learn(attributes: Attributes): void {
    this.about.learn(attributes);
    if (this.model.person) void this.about.teach();
  }

  /** Rejects without a connection; whoever asked waits no longer than they want to. */
  private async pass(fresh: boolean): Promise<void> {
    this.set({ pass: { token: await this.keeper.get(fresh), at: this.io.env.now() } });
  }

  private reset(): void {
    // Before anything is told to other tabs: the next leader must not find the one who left.
    this.joined = false;
    this.io.keep(null);
    // Out of reach, the device stays known to the server and to nobody else.
    void this.keeper.leave().catch(() => {});
    this.keeper = this.newKeeper();
    this.outbox.clear();
    this.line.stop();
    this.draft = "";
    this.calls.forget();
    this.about.forget();
    this.epoch = "";
    this.threads.clear();
    this.set({ ...emptyModel(this.model.presence), quiet: this.model.quiet });
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
    if (other) {
      this.threads.clear();
      this.calls.forget();
    }
    const { id, verified } = session.person;
    this.set({
      person: session.person,
      arriving: false,
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
      case "events": return this.threads.take(frame.conversation_id, frame.events);
      case "ack": return this.acknowledged(frame.ref, frame.conversation_id, frame.message);
      case "error": return frame.ref ? this.refused(frame.ref, frame) : undefined;
      case "typing": return this.writers.told(frame);
      case "marks": return this.threads.marked(frame.conversation_id, frame.marks);
      case "link": return this.threads.linked(frame);
      case "presence": {
        this.set({ presence: frame.presence });
        return this.io.tell("status", frame.presence.status);
      }
      case "site": return this.io.tell("site");
      case "beat": {
        for (const [id, head] of Object.entries(frame.heads)) this.threads.behind(id, head);
        return;
      }
      case "reload": return this.threads.reload(frame.conversation_id);
    }
  }

  private welcomed(frame: Extract<ToVisitorFrame, { type: "hello" }>): void {
    if (this.epoch && this.epoch !== frame.epoch) this.threads.forgetPlaces();
    this.epoch = frame.epoch;
    this.set({
      person: frame.person,
      presence: frame.presence,
      textLimit: frame.limits.text,
      threads: withSummaries(this.model.threads, frame.conversations, (id) => this.unsentTo(id)),
    });
    for (const { id, seq } of frame.conversations) this.threads.expect(id, seq);
    this.threads.beginUnknown(new Set(frame.conversations.map((c) => c.id)));
    const going = current(this.model) ?? this.model.threads[0];
    if (going && !going.loaded) void this.threads.load(going.id);
    this.outbox.up();
    this.about.connected();
    this.calls.connected();
  }

  private report(id: string, e: ConversationEvent): void {
    const { tell } = this.io;
    if (e.type === "conversation.started") tell("conversation:start", { id });
    if (e.type === "conversation.closed") {
      this.calls.ended(id);
      tell("conversation:end", { id });
    }
    // What goes on here brings its promises along.
    if (e.type === "conversation.received") void this.threads.load(id);
    if (e.type === "conversation.taken") tell("agent:joined", { name: e.agent.name });
    if (e.type === "card.sent") tell("message", { id: e.card.id, from: e.card.by.name, text: e.card.text });
    if (e.type !== "message.posted") return;
    const { message } = e;
    if (message.author.kind === "person") return tell("message:sent", { id: message.id, text: message.text });
    this.writers.end(id);
    tell("message", { id: message.id, from: message.author.name, text: message.text });
  }

  /** What wants the form first goes back to where it was written. */
  private refused(ref: string, failure: Failure): void {
    const message = this.model.pending.find((m) => m.client_id === ref);
    if (!message || !failure.field?.startsWith("form")) return this.outbox.refused(ref, failure);
    this.outbox.discard(ref);
    this.threads.drop(message.conversation_id);
    this.io.tell("form", message.text);
  }

  private acknowledged(ref: string, id: string, message?: Message): void {
    const sent = this.model.pending.find((m) => m.client_id === ref);
    // The visitor already had an open conversation: what was begun here goes on there.
    if (sent && sent.conversation_id !== id) {
      this.outbox.moved(sent.conversation_id, id);
      this.threads.moved(sent.conversation_id, id);
    }
    if (message && sent) {
      if (message.seq > (this.threads.get(id)?.seq ?? 0)) this.set({ acked: [...this.model.acked, message] });
      this.threads.take(id, [{ type: "message.posted", seq: message.seq, prev: message.seq - 1, at: message.at, message }]);
    }
    if (sent?.answer) this.foresee(sent);
    this.outbox.confirmed(ref);
  }

  /** The server has the answer: the card shows it before its event comes. */
  private foresee({ answer, conversation_id: id, text }: Pending): void {
    const thread = this.threads.get(id);
    const card = thread?.cards.find((c) => c.id === answer?.card_id);
    if (!thread || !answer || card?.state !== "sent") return;
    const { choice, option } = answer;
    const cards = withCard(thread.cards, { ...card, state: ANSWERED[choice], answer: { choice, option, text, at: this.io.env.now() } });
    this.threads.put({ ...thread, cards });
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
      ...(this.draft && { draft: this.draft }), ...(this.about.events.length && { events: this.about.events }), ...(this.open && { open: true }),
    });
  }
}

function frameOf({ client_id: ref, conversation_id, text, read, answer, files, form }: Pending): VisitorFrame {
  if (!answer) return { type: "post", ref, conversation_id, client_id: ref, text, ...(read && { read }), ...(form && { form }), ...(files && { files: files.map((f) => f.id) }) };
  const { card_id, choice, option } = answer;
  return { type: "answer", ref, conversation_id, card_id, choice, ...(option && { option }), ...(text && { text }) };
}

/** A message as the composer hands it on. */
export function draftMessage(conversation: string, text: string, now: number): Pending {
  return { client_id: newId(now), conversation_id: conversation, text, at: now };
}
