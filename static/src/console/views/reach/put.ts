/** Changes of how an agent is reached: the server takes the whole of it, so they go one after another. */
import { signal } from "@preact/signals";
import type { Reach } from "../../../wire/protocol";

/** What is to change of what stands by then. */
type Change = (before: Reach) => Partial<Reach>;
/** Rejects where the server did not take the change, which is gone then; those before and after it stand. */
export type Put = (change: Change) => Promise<void>;

/** What the server keeps, and each change on its way to it, in the order in which they were made. */
export class Putting {
  /** What is kept with all that is on its way laid over it. */
  readonly wanted;
  private waiting: readonly Change[] = [];
  private last: Promise<unknown> = Promise.resolve();

  constructor(private kept: Reach, private readonly keep: (whole: Reach) => Promise<Reach>) {
    this.wanted = signal(kept);
  }

  /** The server has told how it stands. */
  readonly show = (kept: Reach): void => {
    this.kept = kept;
    this.wanted.value = this.waiting.reduce(over, kept);
  };

  readonly put: Put = (change) => {
    this.waiting = [...this.waiting, change];
    const mine = this.last.then(() => this.send(change));
    this.last = mine.catch(() => {});
    this.show(this.kept);
    return mine;
  };

  private async send(change: Change): Promise<void> {
    let now = this.kept;
    try {
      now = await this.keep(over(now, change));
    } finally {
      this.waiting = this.waiting.filter((c) => c !== change);
      this.show(now);
    }
  }
}

const over = (before: Reach, change: Change): Reach => ({ ...before, ...change(before) });
