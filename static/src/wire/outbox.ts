import { backoff } from "./backoff";
import type { Env } from "./env";
import type { CardChoice, Failure, FormAnswer, SentFile } from "./protocol";

/** A message that the server has not confirmed. Its client_id is the ref of its frame too. */
export interface Pending {
  client_id: string;
  conversation_id: string;
  text: string;
  /** When it was written. */
  at: number;
  kind?: "reply" | "note";
  template_id?: string;
  other_templates?: string[];
  /** The quick answers that were opened before, by id. */
  read?: readonly string[];
  /** What was asked before the first message. */
  form?: FormAnswer;
  /** Sent along; the text may be "" then. */
  files?: readonly SentFile[];
  /** It answers a card; text is what was written with it, or "". */
  answer?: { card_id: string; choice: CardChoice; option: string };
  /** Set when the server refused it for good: shown with Retry, sent again only when asked. */
  failed?: Failure;
}

export interface OutboxOptions {
  env: Env;
  /** Puts the message on the wire; false while that is not possible. */
  send(message: Pending): boolean;
  /** Keeps the whole list where a reload finds it; called on every change. */
  keep(list: readonly Pending[]): void;
  /** The wire took a message and said nothing for ACK_WAIT: reconnect. */
  stuck(): void;
}

/** A sent message without ack for this long, in ms, means that the connection is not what it seems. */
export const ACK_WAIT = 10_000;

/** Refusals that pass by themselves: nothing is wrong with the message. */
const PASSING = new Set(["rate_limited", "overloaded", "store_unavailable", "internal", "token_expired"]);

/**
 * What was written and is not yet confirmed. One message is on the wire at a time, so that they
 * arrive in the order they were written; sending twice is safe, since the server knows client ids.
 */
export class Outbox {
  list: readonly Pending[];
  private live = false;
  private flying = "";
  private refusals = 0;
  private cancelTimer = () => {};

  /** kept: what a reload found. */
  constructor(private readonly options: OutboxOptions, kept: readonly Pending[] = []) {
    this.list = kept;
  }

  add(message: Pending): void {
    if (this.list.some((m) => m.client_id === message.client_id)) return;
    this.change([...this.list, message]);
    this.pump();
  }

  /** The connection is up: send what waits, again if need be. */
  up(): void {
    this.live = true;
    this.flying = "";
    this.pump();
  }

  down(): void {
    this.live = false;
    this.flying = "";
    this.cancelTimer();
  }

  /** The server has it: by ack, or because its own event came back. */
  confirmed(clientId: string): void {
    this.refusals = 0;
    if (this.list.some((m) => m.client_id === clientId)) this.change(this.list.filter((m) => m.client_id !== clientId));
    this.landed(clientId);
  }

  /** The server refused it. Passing troubles are tried again after a while, others are left to the person. */
  refused(clientId: string, failure: Failure): void {
    if (PASSING.has(failure.code)) {
      if (this.flying !== clientId) return;
      this.cancelTimer();
      const { env } = this.options;
      this.cancelTimer = env.after(500 + backoff(this.refusals++, () => env.random()), () => this.landed(clientId));
      return;
    }
    this.change(this.list.map((m) => (m.client_id === clientId ? { ...m, failed: failure } : m)));
    this.landed(clientId);
  }

  /** The person asks for another attempt. */
  retry(clientId: string): void {
    this.change(this.list.map(({ failed, ...m }) => (m.client_id === clientId || !failed ? m : { ...m, failed })));
    this.pump();
  }

  /** The person gives the message up; returns its text. */
  discard(clientId: string): string {
    const gone = this.list.find((m) => m.client_id === clientId);
    this.change(this.list.filter((m) => m !== gone));
    this.landed(clientId);
    return gone?.text ?? "";
  }

  /** The server keeps this conversation under another id. */
  moved(from: string, to: string): void {
    if (this.list.some((m) => m.conversation_id === from)) {
      this.change(this.list.map((m) => (m.conversation_id === from ? { ...m, conversation_id: to } : m)));
    }
  }

  /** Lets everything go: another person sits here now. */
  clear(): void {
    this.change([]);
    this.landed(this.flying);
  }

  private landed(clientId: string): void {
    if (this.flying !== clientId) return;
    this.flying = "";
    this.cancelTimer();
    this.pump();
  }

  private pump(): void {
    if (!this.live || this.flying) return;
    const next = this.list.find((m) => !m.failed);
    if (!next) return;
    // Marked before sending: a wire that answers at once must find it flying.
    this.flying = next.client_id;
    this.cancelTimer();
    this.cancelTimer = this.options.env.after(ACK_WAIT, () => this.options.stuck());
    if (!this.options.send(next)) {
      this.flying = "";
      this.cancelTimer();
    }
  }

  private change(list: readonly Pending[]): void {
    this.list = list;
    this.options.keep(list);
  }
}
