/** Where files are fetched from: links of this reader, asked for in one call and kept while they last. */
import type { FileLink } from "../wire/protocol-files";

/** A link is not used any more when it has less than this left, in ms. */
const MARGIN = 60_000;
/** So many are asked for in one call, as the server has it. */
const AT_ONCE = 40;

export class FileLinks {
  private readonly known = new Map<string, FileLink>();
  private wanted = new Map<string, ((url: string | null) => void)[]>();

  /** ask rejects where no answer came; now tells the time as the server counts it. */
  constructor(private readonly ask: (ids: readonly string[]) => Promise<readonly FileLink[]>, private readonly now: () => number) {}

  /** Where to fetch it from, null where it is not there (any more). Rejects without a connection. */
  get(id: string): Promise<string | null> {
    const link = this.known.get(id);
    if (link && link.expires_at - MARGIN > this.now()) return Promise.resolve(link.url);
    if (!this.wanted.size) queueMicrotask(() => void this.fetch());
    return new Promise((resolve, reject) => {
      const waiting = this.wanted.get(id) ?? [];
      waiting.push((url) => (url === "" ? reject(new Error("offline")) : resolve(url)));
      this.wanted.set(id, waiting);
    });
  }

  /** Another may read here next. */
  forget(): void {
    this.known.clear();
  }

  /** Its link did not work: the next one is asked for. */
  drop(id: string): void {
    this.known.delete(id);
  }

  private async fetch(): Promise<void> {
    const { wanted } = this;
    this.wanted = new Map();
    const ids = [...wanted.keys()];
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const some = ids.slice(i, i + AT_ONCE);
      const links = await this.ask(some).catch(() => null);
      // One that the answer leaves out is not there any more.
      if (links) for (const id of some) this.known.delete(id);
      for (const link of links ?? []) this.known.set(link.id, link);
      for (const id of some) for (const tell of wanted.get(id)!) tell(links ? (this.known.get(id)?.url ?? null) : "");
    }
  }
}
