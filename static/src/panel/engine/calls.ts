import type { Api, Said } from "./api";
import { withPromises, type Model } from "./model";

export interface CallsIO {
  api: Pick<Api, "end" | "feedback" | "promises">;
  token(): Promise<string>;
  model(): Model;
  set(part: Partial<Model>): void;
  /** The server could not be reached by a call: the connection may not be what it seems. */
  unreached(): void;
}

/** What is asked over HTTP. The answers come as events; only where nothing was heard is there something to show. */
export class Calls {
  /** The list of all promises has come once; events, and the list's own screen, keep it up. */
  private listed = false;

  constructor(private readonly io: CallsIO) {}

  async end(conversation: string): Promise<void> {
    try {
      this.io.set({ unended: "" });
      await this.io.api.end(await this.io.token(), conversation);
    } catch {
      this.io.set({ unended: conversation });
      this.io.unreached();
    }
  }

  /** It has ended, whoever did it. */
  ended(conversation: string): void {
    if (this.io.model().unended === conversation) this.io.set({ unended: "" });
  }

  async sayHow(conversation: string, said: Said): Promise<void> {
    try {
      this.io.set({ unheard: "" });
      await this.io.api.feedback(await this.io.token(), conversation, said);
    } catch {
      this.io.set({ unheard: conversation });
    }
  }

  async promises(): Promise<void> {
    try {
      const list = await this.io.api.promises(await this.io.token());
      this.io.set({ threads: withPromises(this.io.model().threads, list), listed: list, promisesMissing: false });
      this.listed = true;
    } catch {
      this.io.set({ promisesMissing: true });
    }
  }

  /** A connection is there: what was promised in earlier conversations is asked for once. */
  connected(): void {
    if (!this.listed && this.io.model().threads.length) void this.promises();
  }

  /** Another customer may sit here. */
  forget(): void {
    this.listed = false;
  }
}
