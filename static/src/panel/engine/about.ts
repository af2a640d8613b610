import type { Attributes, Page } from "../../loader/port";
import type { VisitorFrame } from "../../wire";
import { withEvents } from "./events";

export interface AboutIO {
  /** Brings attributes to the server, which keeps them as unverified; rejects when it cannot be told. */
  teach(attributes: Attributes, name?: string, email?: string): Promise<unknown>;
  send(frame: VisitorFrame): void;
  /** The names of the last events have changed. */
  keep(): void;
  /** The server knows somebody here, who may have attributes to remove. */
  known(): boolean;
}

/** What the page tells of its customer, and where they are, on its way to the server. */
export class About {
  private waiting: Attributes = {};
  private page: Page | null = null;
  private teaching = false;
  /** Raised by forget(), so that what is under way for the one before counts for nobody. */
  private turn = 0;

  /** events: names of the last ones, the latest last, as a reload kept them. */
  constructor(private readonly io: AboutIO, public events: readonly string[]) {}

  learn(told: Attributes): void {
    const { attributes, recent } = withEvents(told, this.events);
    // Where nobody is known yet there is nothing to remove.
    const worth = Object.entries({ ...this.waiting, ...attributes }).filter(([, value]) => value || this.io.known());
    this.waiting = Object.fromEntries(worth);
    if (recent.join() === this.events.join()) return;
    this.events = recent;
    this.io.keep();
  }

  /**
   * Tells the server what waits, one call at a time, so that the latest word is the last to arrive.
   * What cannot be told now is told with the next connection.
   */
  async teach(): Promise<void> {
    if (this.teaching) return;
    this.teaching = true;
    const { turn } = this;
    while (turn === this.turn && Object.keys(this.waiting).length) {
      const sent = this.waiting;
      const { name, email, ...rest } = sent;
      try {
        await this.io.teach(rest, name, email);
      } catch {
        break;
      }
      if (turn === this.turn) this.waiting = Object.fromEntries(Object.entries(this.waiting).filter(([key, value]) => sent[key] !== value));
    }
    if (turn === this.turn) this.teaching = false;
  }

  visit(page: Page): void {
    this.page = page;
    this.io.send({ type: "page", ...page });
  }

  /** A connection is there: the server hears what it may have missed. */
  connected(): void {
    void this.teach();
    if (this.page) this.visit(this.page);
  }

  /** The customer has gone; the page is still the page. */
  forget(): void {
    this.turn++;
    this.teaching = false;
    this.waiting = {};
    this.events = [];
  }
}
