/** Files on their way to the server, before a message takes them along. Both sides use it; it knows no screen. */
import type { Failure } from "../wire/protocol";
import type { SentFile } from "../wire/protocol-files";

/** At most so many go with one message, each at most so many bytes; the server holds to the same. */
export const FILES_AT_MOST = 5;
export const FILE_BYTES = 10 * 1024 * 1024;

/** Where to send to, with what proves who sends. */
export interface Target {
  url: string;
  headers: Record<string, string>;
}

export interface Going {
  key: string;
  /** What is on its way, or what the server had already. */
  file: File | SentFile;
  /** waiting: for its turn, or for the connection. */
  state: "waiting" | "going" | "there" | "failed";
  /** 0 to 1. */
  progress: number;
  /** The server's, once it is there. */
  sent?: SentFile;
  /** Why it failed, where the server has said so. */
  failure?: Failure;
}

/** A request under way. */
export interface Sending {
  answer: Promise<SentFile>;
  abort(): void;
}
/** No answer came: the connection is not there. */
export class Unreached extends Error {}
/** The server refused it. */
export class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Refusals of who sends and not of what is sent: with another proof it may go. */
const RENEW = new Set(["token_expired", "unauthorized"]);

/** The file whose turn it is. */
interface Under {
  key: string;
  sending: Sending | null;
}

export interface UploadsIO {
  /** renew: the proof before was refused. */
  target(renew: boolean): Promise<Target>;
  send(target: Target, file: File, progress: (part: number) => void): Sending;
  /** What there is; it may be emptied from outside, when a message takes all of it along. */
  list(): readonly Going[];
  changed(list: readonly Going[]): void;
}

/** Sends files one after the other; what the connection breaks waits for it and is begun anew. */
export class Uploads {
  private under: Under | null = null;
  private renew = false;
  private count = 0;

  constructor(private readonly io: UploadsIO) {}

  /** Takes files in and tells which did not fit: too many, too large, or with nothing in them. */
  add(files: readonly File[]): { many: File[]; large: File[]; empty: File[] } {
    const large = files.filter((f) => f.size > FILE_BYTES);
    const empty = files.filter((f) => f.size === 0);
    const good = files.filter((f) => f.size > 0 && f.size <= FILE_BYTES);
    const room = Math.max(0, FILES_AT_MOST - this.list.length);
    const fresh = good.slice(0, room).map((file): Going => ({ key: `f${++this.count}`, file, state: "waiting", progress: 0 }));
    this.change([...this.list, ...fresh]);
    void this.next();
    return { many: good.slice(room), large, empty };
  }

  /** Takes along what the server has already, each once, and tells what did not fit. */
  bring(files: readonly SentFile[]): SentFile[] {
    const fresh = files.filter((f) => !this.list.some((g) => g.sent?.id === f.id));
    const room = Math.max(0, FILES_AT_MOST - this.list.length);
    const there = fresh.slice(0, room).map((sent): Going => ({ key: `f${++this.count}`, file: sent, state: "there", progress: 1, sent }));
    this.change([...this.list, ...there]);
    return fresh.slice(room);
  }

  remove(key: string): void {
    if (this.under?.key === key) this.under.sending?.abort();
    this.change(this.list.filter((g) => g.key !== key));
  }

  retry(key: string): void {
    this.put(key, { state: "waiting", progress: 0 });
    void this.next();
  }

  /** The connection is back. */
  resume(): void {
    void this.next();
  }

  private get list(): readonly Going[] {
    return this.io.list();
  }

  private async next(): Promise<void> {
    const going = this.list.find((g) => g.state === "waiting");
    if (this.under || !going) return;
    const under: Under = { key: going.key, sending: null };
    this.under = under;
    this.put(going.key, { state: "going" });
    let goOn = true;
    try {
      const target = await this.io.target(this.renew);
      this.renew = false;
      if (this.list.some((g) => g.key === going.key)) {
        under.sending = this.io.send(target, going.file as File, (progress) => this.put(going.key, { progress }));
        this.put(going.key, { state: "there", progress: 1, sent: await under.sending.answer });
      }
    } catch (error) {
      goOn = this.failed(going.key, error);
    }
    this.under = null;
    if (goOn) void this.next();
  }

  /** Reports whether there is a point in going on with the others. */
  private failed(key: string, error: unknown): boolean {
    if (error instanceof Refused && !RENEW.has(error.failure.code)) {
      this.put(key, { state: "failed", progress: 0, failure: error.failure });
      return true;
    }
    if (error instanceof Refused) this.renew = true;
    this.put(key, { state: "waiting", progress: 0 });
    return !this.list.some((g) => g.key === key);
  }

  private put(key: string, part: Partial<Going>): void {
    if (!this.list.some((g) => g.key === key)) return;
    this.change(this.list.map((g) => (g.key === key ? { ...g, ...part } : g)));
  }

  private change(list: readonly Going[]): void {
    this.io.changed(list);
  }
}
