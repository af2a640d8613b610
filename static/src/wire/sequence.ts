import type { ConversationEvent } from "./protocol";

/** Events that came too early are kept up to this many; more are asked for again. */
const EARLY_LIMIT = 500;
/** The same gap is asked about again after this many milliseconds. */
const ASK_AGAIN = 5_000;

/**
 * The order of one conversation: takes batches of events as the network gives them (late, twice,
 * in any order) and hands each event out once, in the server's order.
 */
export class Sequence {
  private early = new Map<number, ConversationEvent>();
  private head = 0;
  private askedFor = -1;
  private askedAt = 0;

  /** seq: the last event already shown; 0 when nothing is. */
  constructor(public seq = 0) {}

  /** Returns the events that may be shown now, each exactly once over the life of this object. */
  accept(events: readonly ConversationEvent[]): ConversationEvent[] {
    const fresh: ConversationEvent[] = [];
    for (const e of events) {
      this.head = Math.max(this.head, e.seq);
      // The next one is let in whatever the number: it makes room for itself.
      if (e.seq === this.seq + 1 || (e.seq > this.seq && this.early.size < EARLY_LIMIT)) this.early.set(e.seq, e);
      this.release(fresh);
    }
    return fresh;
  }

  /** Hands on what follows without a hole. */
  private release(fresh: ConversationEvent[]): ConversationEvent[] {
    for (let next = this.early.get(this.seq + 1); next; next = this.early.get(this.seq + 1)) {
      fresh.push(next);
      this.early.delete(next.seq);
      this.seq = next.seq;
    }
    return fresh;
  }

  /** Notes the head that a beat or a hello told. */
  noteHead(head: number): void {
    this.head = Math.max(this.head, head);
  }

  /**
   * The number after which to ask the server for more, or null when nothing is missing or the
   * question has just been asked.
   */
  ask(now: number): number | null {
    if (this.head <= this.seq) return null;
    if (this.askedFor === this.seq && now - this.askedAt < ASK_AGAIN) return null;
    this.askedFor = this.seq;
    this.askedAt = now;
    return this.seq;
  }

  /** A new socket: what was asked on the old one is forgotten. */
  forgetAsking(): void {
    this.askedFor = -1;
  }

  /** Starts again from a page of history whose head was seq; events that came meanwhile are kept. */
  restart(seq: number): ConversationEvent[] {
    this.seq = seq;
    this.head = Math.max(seq, ...this.early.keys());
    this.forgetAsking();
    for (const known of [...this.early.keys()].filter((n) => n <= seq)) this.early.delete(known);
    return this.release([]);
  }

  /** Another epoch: numbers held so far mean nothing. */
  forget(): void {
    this.early.clear();
    this.head = 0;
    this.seq = 0;
    this.forgetAsking();
  }
}
