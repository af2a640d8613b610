/**
 * Several tabs are one visitor: the tab that holds a lock leads and runs the engine, the others
 * show what it tells and hand it their commands. Where the browser has no locks or channels, or
 * storage is blocked, every tab leads for itself.
 */
export interface TabsIO<Mirror, Order, News> {
  /** This tab leads from now on; mirror: the last state told by the leader before, or null. */
  lead(mirror: Mirror | null): void;
  /** This tab leads no more: it is left, or another took the lead by force. */
  stepDown(): void;
  /** The leader's state changed. */
  follow(mirror: Mirror): void;
  /** Do this, for this tab or for another. Called while leading only. */
  obey(order: Order): void;
  /** The leader tells of something that happened. */
  hear(news: News): void;
}

type Talk<Mirror, Order, News> =
  | { t: "mirror"; mirror: Mirror }
  | { t: "order"; n: number; order: Order }
  | { t: "done"; n: number }
  | { t: "news"; news: News }
  /** A tab has come and wants the state. */
  | { t: "hello" };

/** A leader that does not take an order within this long, in ms, is frozen: another takes over. */
const PATIENCE = 3_000;

export class Tabs<Mirror, Order, News> {
  private channel: BroadcastChannel | null = null;
  private leading = false;
  private release: (() => void) | null = null;
  private last: Mirror | null = null;
  private others = false;
  private readonly waiting = new Map<number, { order: Order; timer: ReturnType<typeof setTimeout> }>();
  private count = Math.floor(Math.random() * 1e9) * 1000;

  constructor(private readonly name: string, private readonly io: TabsIO<Mirror, Order, News>) {
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (e) => e.persisted && this.enter());
    this.enter();
  }

  /** While leading: shows the state to the other tabs. */
  publish(mirror: Mirror): void {
    this.last = mirror;
    if (this.others) this.say({ t: "mirror", mirror });
  }

  /** While leading: tells all tabs, this one too. */
  tell(news: News): void {
    this.io.hear(news);
    this.say({ t: "news", news });
  }

  /** Has the leader do it. */
  order(order: Order): void {
    if (this.leading) return this.io.obey(order);
    const n = this.count++;
    const timer = setTimeout(() => this.elect(true), PATIENCE);
    this.waiting.set(n, { order, timer });
    this.say({ t: "order", n, order });
  }

  private enter(): void {
    try {
      this.channel = new BroadcastChannel(this.name);
      this.channel.onmessage = (e) => this.receive(e.data);
      this.say({ t: "hello" });
    } catch {
      this.channel = null;
    }
    this.elect(false);
  }

  /** A page that is left must hold no lock: it may be kept, frozen, for the way back. */
  private leave(): void {
    this.release?.();
    this.release = null;
    this.channel?.close();
    this.channel = null;
    if (!this.leading) return;
    this.leading = false;
    this.io.stepDown();
  }

  private elect(force: boolean): void {
    if (this.leading) return;
    if (!this.channel || !navigator.locks) return this.win();
    // A forced lock takes the place of the request that still waits in the queue.
    navigator.locks
      .request(this.name, { steal: force }, () => new Promise<void>((release) => {
        if (this.leading || !this.channel) return release();
        this.release = release;
        this.win();
      }))
      .catch((error: Error) => (error.name === "AbortError" ? this.lose() : this.win()));
  }

  private win(): void {
    this.leading = true;
    this.io.lead(this.last);
    for (const { order, timer } of this.waiting.values()) {
      clearTimeout(timer);
      this.io.obey(order);
    }
    this.waiting.clear();
  }

  private lose(): void {
    if (!this.leading) return;
    this.leading = false;
    this.release = null;
    this.io.stepDown();
    this.elect(false);
  }

  private receive(m: Talk<Mirror, Order, News>): void {
    if (m.t === "hello") {
      this.others = true;
      if (this.leading && this.last) this.say({ t: "mirror", mirror: this.last });
    } else if (m.t === "order" && this.leading) {
      this.say({ t: "done", n: m.n });
      this.io.obey(m.order);
    } else if (m.t === "done") {
      clearTimeout(this.waiting.get(m.n)?.timer);
      this.waiting.delete(m.n);
    } else if (m.t === "mirror" && !this.leading) {
      this.others = true;
      this.last = m.mirror;
      this.io.follow(m.mirror);
    } else if (m.t === "news") {
      this.io.hear(m.news);
    }
  }

  private say(m: Talk<Mirror, Order, News>): void {
    this.channel?.postMessage(m);
  }
}
