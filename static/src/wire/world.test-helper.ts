import type { Env, SocketLike } from "./env";

export interface FakeSocket extends SocketLike {
  sent: string[];
  closed: boolean;
}

/** Surroundings for tests: a clock that is turned by hand, and sockets that the test speaks through. */
export class FakeWorld {
  now = 1_700_000_000_000;
  socket: FakeSocket | null = null;
  /** Called with each new socket. */
  connected: (socket: FakeSocket) => void = () => {};
  private timers = new Map<number, { at: number; fn: () => void }>();
  private ids = 0;
  private watchers = new Set<(what: "wake" | "lost" | "leave") => void>();

  constructor(private readonly random: () => number = () => 0.5) {}

  readonly env: Env = {
    connect: () => {
      const socket: FakeSocket = {
        sent: [], closed: false, onopen: null, onmessage: null, onclose: null,
        send: (text) => void socket.sent.push(text),
        close: () => void (socket.closed = true),
      };
      this.socket = socket;
      this.connected(socket);
      return socket;
    },
    now: () => this.now,
    after: (ms, fn) => {
      const id = ++this.ids;
      this.timers.set(id, { at: this.now + ms, fn });
      return () => void this.timers.delete(id);
    },
    random: () => this.random(),
    watch: (fn) => {
      this.watchers.add(fn);
      return () => void this.watchers.delete(fn);
    },
  };

  happens(what: "wake" | "lost" | "leave"): void {
    for (const fn of this.watchers) fn(what);
  }

  /** How long until the next timer, in ms. */
  nextTimer(): number {
    return Math.min(...[...this.timers.values()].map((t) => t.at)) - this.now;
  }

  /** Turns the clock and runs what falls due, in order of time. */
  advance(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const due = [...this.timers].filter(([, t]) => t.at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.now = Math.max(this.now, due[1].at);
      due[1].fn();
    }
    this.now = until;
  }

  /** Lets promises that are ready go on. */
  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
}
