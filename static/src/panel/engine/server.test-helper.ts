import {
  ANSWERED,
  type AgentCard, type Card, type ConversationEvent, type CustomerPromise, type Feedback, type Marks, type Message, type Session, type ToVisitorFrame, type VisitorConversation, type VisitorFrame, type VisitorPage,
} from "../../wire";
import type { FakeSocket, FakeWorld } from "../../wire/world.test-helper";
import { Refusal, type Api } from "./api";

export const ana: AgentCard = { id: "a1", name: "Ana", picture: "" };

/** What may happen to a frame on its way to the visitor. */
export type Fate = "arrives" | "is lost" | "comes twice" | "comes late";

/** A server for one visitor in memory, with the promises of the real one and a network that has none. */
export class FakeServer {
  epoch = "e1";
  log: ConversationEvent[] = [];
  conversation = "";
  promises: CustomerPromise[] = [];
  /** Every answer that came for a card, again ones too. */
  answers: Extract<VisitorFrame, { type: "answer" }>[] = [];
  state: VisitorConversation["state"] = "waiting";
  /** The secret of each call for a session. */
  sessions: string[] = [];
  /** Signed identities that are refused. */
  refuses: (identity: string) => boolean = () => false;
  /** What each session was opened for, by its token: the device of the secret, or a new one. */
  devices = new Map<string, string>();
  /** Devices that were forgotten. */
  forgotten: string[] = [];
  /** What was told of the customer, call by call. */
  told: Record<string, string>[] = [];
  /** Up to where the visitor has read. */
  read = 0;
  /** How often the list of all promises was asked for. */
  lists = 0;
  heard: Feedback = { solved: "", rating: 0, comment: "", thanks: false, at: 0 };
  /** How long an answer to a call for a session takes, in ms. */
  delay = 0;
  reachable = true;
  fate: () => Fate = () => "arrives";
  private late: { socket: FakeSocket; text: string }[] = [];

  constructor(private readonly world: FakeWorld) {
    world.connected = (socket) => {
      if (!this.reachable) return void world.env.after(1, () => socket.onclose?.(1006));
      world.env.after(1, () => socket.onopen?.());
      const send = socket.send.bind(socket);
      socket.send = (text) => {
        send(text);
        // What was sent just before a cut may or may not have arrived.
        if (this.reachable && !socket.closed) this.receive(socket, JSON.parse(text) as VisitorFrame);
      };
    };
  }

  readonly api: Api = {
    session: async (request) => {
      if (!this.reachable) throw new Refusal({ code: "offline", message: "" });
      this.sessions.push(request.secret ?? "");
      const n = this.sessions.length;
      if (this.delay) await new Promise<void>((go) => this.world.env.after(this.delay, go));
      if (request.identity && this.refuses(request.identity)) throw new Refusal({ code: "identity_refused", message: "" });
      this.devices.set(`t${n}`, this.devices.get(`t${(request.secret ?? "").slice(1)}`) ?? `device ${n}`);
      const session: Session = {
        token: `t${n}`, expires_at: this.world.now + 900_000, secret: `s${n}`,
        person: { id: request.identity || "p1", name: "", email: "", verified: !!request.identity },
        conversations: this.summaries(), presence: { status: "online", agents: [ana] },
      };
      return session;
    },
    page: async (_token, _id, before = Infinity): Promise<VisitorPage> => {
      if (!this.reachable) throw new Refusal({ code: "offline", message: "" });
      const messages = this.messages().filter((m) => m.seq < before).slice(-5);
      const from = messages[0]?.seq ?? 0;
      const events = this.log.filter((e) => e.seq >= from && e.seq < before && e.type !== "message.posted");
      return { messages, more: from > 2, events, seq: this.log.length, marks: this.marks(), promises: this.promises };
    },
    promises: async () => {
      if (!this.reachable) throw new Refusal({ code: "offline", message: "" });
      this.lists++;
      return this.promises;
    },
    end: async () => {
      if (!this.reachable) throw new Refusal({ code: "offline", message: "" });
      this.happens("conversation.closed");
    },
    feedback: async (_token, conversation, said) => {
      if (!this.reachable) throw new Refusal({ code: "offline", message: "" });
      this.heard = { ...this.heard, ...said, at: this.world.now };
      if (conversation === this.conversation) this.push({ type: "feedback.given", feedback: this.heard, ...this.next() });
      return this.heard;
    },
    attributes: async (_token, attributes) => {
      if (!this.reachable) throw new Refusal({ code: "offline", message: "" });
      this.told.push(attributes);
    },
    forget: async (token) => {
      if (!this.reachable) throw new Refusal({ code: "offline", message: "" });
      this.forgotten.push(this.devices.get(token) ?? "nobody");
    },
  };

  messages(): Message[] {
    return this.log.flatMap((e) => (e.type === "message.posted" ? [e.message] : []));
  }

  summaries(): VisitorConversation[] {
    if (!this.conversation) return [];
    return [{
      id: this.conversation, state: this.state, agent: null, last: { by: "person", text: "", at: this.world.now },
      unread: this.log.filter((e) => e.seq > this.read && (e.type === "card.sent" || (e.type === "message.posted" && e.message.author.kind === "agent"))).length,
      seq: this.log.length, marks: this.marks(),
    }];
  }

  private marks(): Marks {
    return { person_delivered: 0, person_read: this.read, agent_delivered: 0, agent_read: 0 };
  }

  /** The connection breaks; the visitor may not notice at once. */
  cut(code = 1006): void {
    this.world.socket?.onclose?.(code);
  }

  agentSays(text: string): void {
    if (this.conversation) this.add("agent", `agent-${this.log.length}`, text);
  }

  /** The agent has closed it, or the customer's word has opened it again. */
  happens(type: "conversation.closed" | "conversation.reopened"): void {
    this.push({ type, by: { kind: type === "conversation.closed" ? "agent" : "person", id: "a1", name: "Ana" }, ...this.next() });
  }

  /** An agent sends a card; a newer one of its kind is all that counts. */
  card(more: Partial<Card> = {}): Card {
    const n = this.log.length + 1;
    const card: Card = {
      id: `card${n}`, conversation_id: this.conversation, matter_id: "m1", kind: "summary", state: "sent", by: ana, sent_at: this.world.now,
      text: "You want the green lamp", options: [], limits: "", our_part: "", our_due: 0, your_part: "", your_due: 0, answer: null, ...more,
    };
    this.push({ type: "card.sent", card, ...this.next() });
    return card;
  }

  promise(type: "promise.made" | "promise.moved" | "promise.kept", promise: CustomerPromise): void {
    this.promises = [...this.promises.filter((p) => p.id !== promise.id), promise];
    this.push({ type, promise, ...this.next() });
  }

  /** The card as the log last tells it. */
  private stored(id: string): Card | undefined {
    return this.log.flatMap((e) => ("card" in e && e.card.id === id ? [e.card] : [])).at(-1);
  }

  private next(): { seq: number; prev: number; at: number } {
    return { seq: this.log.length + 1, prev: this.log.length, at: this.world.now };
  }

  private answer(socket: FakeSocket, frame: Extract<VisitorFrame, { type: "answer" }>): void {
    this.answers.push(frame);
    const card = this.stored(frame.card_id)!;
    if (card.state !== "sent" && card.state !== ANSWERED[frame.choice]) {
      return this.deliver(socket, { type: "error", ref: frame.ref, code: "conflict", message: "It was answered already." });
    }
    if (card.state === "sent") {
      const { choice, option = "", text = "" } = frame;
      this.push({ type: "card.answered", card: { ...card, state: ANSWERED[choice], answer: { choice, option, text, at: this.world.now } }, ...this.next() });
    }
    this.deliver(socket, { type: "ack", ref: frame.ref, conversation_id: this.conversation });
  }

  beat(): void {
    const heads = this.conversation ? { [this.conversation]: this.log.length } : {};
    if (this.world.socket && !this.world.socket.closed) this.deliver(this.world.socket, { type: "beat", heads, answer: false });
  }

  /** Hands over what was held back. */
  flush(): void {
    for (const { socket, text } of this.late.splice(0)) socket.onmessage?.(text);
  }

  private add(kind: "person" | "agent", clientId: string, text: string): Message {
    const seq = this.log.length + 1;
    const message: Message = {
      id: `m${seq}`, conversation_id: this.conversation, client_id: clientId, kind: "reply",
      author: { kind, id: kind, name: kind === "agent" ? "Ana" : "" }, text, at: this.world.now, seq,
    };
    this.push({ type: "message.posted", message, seq, prev: seq - 1, at: this.world.now });
    return message;
  }

  private push(e: ConversationEvent): void {
    this.log.push(e);
    if (this.world.socket && !this.world.socket.closed) this.deliver(this.world.socket, { type: "events", conversation_id: this.conversation, events: [e] });
  }

  private deliver(socket: FakeSocket, frame: ToVisitorFrame, surely = false): void {
    const text = JSON.stringify(frame);
    const fate = surely ? "arrives" : this.fate();
    if (fate === "arrives" || fate === "comes twice") socket.onmessage?.(text);
    if (fate === "comes twice") socket.onmessage?.(text);
    if (fate === "comes late") this.late.push({ socket, text });
  }

  private receive(socket: FakeSocket, frame: VisitorFrame): void {
    if (frame.type === "hello") {
      this.deliver(socket, {
        type: "hello", protocol: 1, epoch: this.epoch, server_time: this.world.now, features: [], limits: { text: 10_000, frame: 65_536 },
        beat_ms: 20_000, person: { id: "p1", name: "", verified: false }, conversations: this.summaries(), presence: { status: "online", agents: [ana] },
      }, true);
      for (const [id, seq] of Object.entries(frame.resume)) {
        if (frame.epoch === this.epoch) this.resume(socket, id, seq);
        else this.deliver(socket, { type: "reload", conversation_id: id, reason: "epoch" });
      }
    } else if (frame.type === "resume") this.resume(socket, frame.conversation_id, frame.after);
    else if (frame.type === "post") this.post(socket, frame);
    else if (frame.type === "answer") this.answer(socket, frame);
    else if (frame.type === "read") this.read = Math.max(this.read, frame.seq);
  }

  private resume(socket: FakeSocket, id: string, after: number): void {
    const events = this.log.slice(after);
    if (events.length) this.deliver(socket, { type: "events", conversation_id: id, events });
  }

  private post(socket: FakeSocket, frame: Extract<VisitorFrame, { type: "post" }>): void {
    if (!this.conversation) {
      this.conversation = frame.conversation_id;
      this.push({ type: "conversation.started", seq: 1, prev: 0, at: this.world.now });
    }
    const message = this.messages().find((m) => m.client_id === frame.client_id) ?? this.add("person", frame.client_id, frame.text);
    this.deliver(socket, { type: "ack", ref: frame.ref, conversation_id: this.conversation, message });
  }
}
