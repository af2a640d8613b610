import { backoff } from "./backoff";
import type { Env, SocketLike } from "./env";
import { come, LEAVING, REVOKED, type Come } from "./close";

/** idle: not wanted. waiting: between attempts. stopped: the server said not to come back. */
export type LineState = "idle" | "connecting" | "live" | "waiting" | "stopped";

export interface LineStatus {
  state: LineState;
  /** Since when there has been no live connection though one is wanted, in ms; 0 while live or idle. */
  downSince: number;
  /** Name of the last close code, or "". */
  reason: string;
}

export interface LineOptions<Out, In extends { type: string }> {
  url: string;
  env: Env;
  /**
   * Makes the first frame. fresh: the token used before was refused, so get another.
   * A rejection counts as a failed attempt.
   */
  hello(fresh: boolean): Promise<Out>;
  /** Every frame from the server, its hello included, in order. */
  frame(frame: In): void;
  /** Called on each change of status. */
  change(status: LineStatus): void;
}

/** Give up an attempt that has no hello after this long, in ms. */
const HELLO_WAIT = 10_000;
/** Silence of more than this many beats means the connection is dead: 24 s of the usual 20 s, to keep the promise of 25 s. */
const DEAD_BEATS = 1.2;
/** A connection that lived this long starts the backoff anew, in ms. */
const GOOD_LIFE = 5_000;

/**
 * One socket that never gives up: hello, beats, backoff with full jitter, and the server's close
 * codes obeyed. It knows no conversations; those who use it resume in frame() after "hello".
 */
export class Line<Out extends { type: string }, In extends { type: string }> {
  status: LineStatus = { state: "idle", downSince: 0, reason: "" };
  private socket: SocketLike | null = null;
  /** Raised with every attempt, so that an old socket's late callbacks are ignored. */
  private attempt = 0;
  private failures = 0;
  private fresh = false;
  private liveSince = 0;
  private heardAt = 0;
  private beatMs = 20_000;
  private cancelTimer = () => {};
  private unwatch = () => {};

  constructor(private readonly options: LineOptions<Out, In>) {}

  /** Connects, and stays connected until stop(). */
  start(): void {
    if (this.status.state !== "idle" && this.status.state !== "stopped") return;
    this.unwatch();
    this.unwatch = this.options.env.watch((what) => this.onWorld(what));
    this.failures = 0;
    this.set("connecting");
    void this.open();
  }

  /** Leaves for good; start() may be called again. */
  stop(): void {
    this.unwatch();
    this.unwatch = () => {};
    this.drop();
    this.set("idle");
  }

  /** Sends now and reports true, or reports false while there is no live connection. */
  send(frame: Out): boolean {
    if (this.status.state !== "live" || !this.socket) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Tries at once, whatever the backoff says; does nothing while live or not wanted. */
  nudge(): void {
    if (this.status.state !== "waiting") return;
    this.cancelTimer();
    this.set("connecting");
    void this.open();
  }

  /** Drops a connection that seems stuck and comes back at once. */
  restart(): void {
    if (this.status.state === "live" || this.status.state === "connecting") this.lost("at once", "restart");
  }

  private async open(): Promise<void> {
    const { env, hello, url } = this.options;
    const mine = ++this.attempt;
    this.cancelTimer = env.after(HELLO_WAIT, () => mine === this.attempt && this.lost("with backoff", "no_answer"));
    let first: Out;
    try {
      first = await hello(this.fresh);
    } catch {
      if (mine === this.attempt) this.lost("with backoff", "no_token");
      return;
    }
    if (mine !== this.attempt) return;
    this.fresh = false;
    let socket: SocketLike;
    try {
      socket = env.connect(url);
    } catch {
      this.lost("with backoff", "refused");
      return;
    }
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(first));
    socket.onmessage = (text) => mine === this.attempt && this.receive(text);
    socket.onclose = (code) => mine === this.attempt && this.closed(code);
  }

  private receive(text: string): void {
    this.heardAt = this.options.env.now();
    let frame: In & { beat_ms?: number; answer?: boolean };
    try {
      frame = JSON.parse(text);
    } catch {
      this.lost("with backoff", "bad_frame");
      return;
    }
    if (frame.type === "hello") this.welcomed(frame.beat_ms);
    if (frame.type === "beat" && frame.answer) this.send({ type: "beat" } as Out);
    this.options.frame(frame);
  }

  private welcomed(beatMs: number | undefined): void {
    this.cancelTimer();
    this.liveSince = this.heardAt;
    if (beatMs && beatMs > 0) this.beatMs = beatMs;
    this.listenForSilence(this.attempt);
    this.set("live");
  }

  /** Wakes when the silence would be too long; a dead peer often sends no close. */
  private listenForSilence(mine: number): void {
    const left = this.heardAt + this.beatMs * DEAD_BEATS - this.options.env.now();
    this.cancelTimer = this.options.env.after(Math.max(left, 0) + 1, () => {
      if (mine !== this.attempt) return;
      if (this.silent()) this.lost("at once", "silence");
      else this.listenForSilence(mine);
    });
  }

  private silent(): boolean {
    return this.options.env.now() - this.heardAt > this.beatMs * DEAD_BEATS;
  }

  private closed(code: number): void {
    // Servers that are upgraded one after the other send somebody on more than once: that is no failure.
    if (code === LEAVING && this.status.state === "live") this.failures = 0;
    this.lost(come(code), code === REVOKED ? "revoked" : "");
  }

  private lost(come: Come, reason: string): void {
    const { env } = this.options;
    if (this.status.state === "live" && env.now() - this.liveSince > GOOD_LIFE) this.failures = 0;
    this.drop();
    if (come === "never") {
      this.set("stopped", reason);
      return;
    }
    this.fresh ||= come === "after a new token";
    const prompt = come !== "with backoff" && this.failures === 0;
    const wait = prompt ? 0 : backoff(this.failures, () => env.random());
    this.failures++;
    this.set("waiting", reason);
    this.cancelTimer = env.after(wait, () => this.nudge());
  }

  /** Forgets the current socket without waiting for its farewell. */
  private drop(): void {
    this.attempt++;
    this.cancelTimer();
    this.cancelTimer = () => {};
    const { socket } = this;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    try {
      socket.close(1000);
    } catch {
      // A socket that is already closed, or still connecting in an old browser, may refuse; it is gone either way.
    }
  }

  private onWorld(what: "wake" | "lost" | "leave"): void {
    const { state } = this.status;
    if (state === "stopped" || state === "idle") return;
    if (what === "wake") {
      this.failures = 0;
      if (state === "live" && this.silent()) this.restart();
      else this.nudge();
    } else if (state === "live" || state === "connecting") {
      this.lost("with backoff", what === "lost" ? "offline" : "page_left");
    }
  }

  private set(state: LineState, reason = ""): void {
    const down = state === "connecting" || state === "waiting" || state === "stopped";
    const downSince = down ? this.status.downSince || this.options.env.now() : 0;
    this.status = { state, downSince, reason: reason || (down ? this.status.reason : "") };
    this.options.change(this.status);
  }
}
