import { signal } from "@preact/signals";
import type { Page } from "../loader/port";
import type { QuickAnswer } from "../wire";
import { below, pathOf, says } from "../wire/calls";

/** As many stand on a screen at once. */
export const SHOWN = 6;

/** As many are named with one message; the server takes no more. */
const NAMED = 12;

type Ties = Pick<QuickAnswer, "words" | "pages">;

/** Whether the page calls for an answer: by where it is, or by a product or word in its title or its path. */
export function called({ words, pages }: Ties, { url, title }: Page): boolean {
  const path = pathOf(url);
  return pages.some((start) => below(path, start)) || words.some((word) => says(`${title} ${path}`, word));
}

/** Those that the page calls for, then the others, each in the owner's order. A page that is not told calls for none. */
export function fitting<T extends Ties>(list: readonly T[], page: Page | null): T[] {
  const first = page ? list.filter((a) => called(a, page)) : [];
  return [...first, ...list.filter((a) => !first.includes(a))].slice(0, SHOWN);
}

/**
 * A site's quick answers and what this visitor did with them. It lives as long as the panel and keeps
 * nothing: the server counts openings without knowing whose, and the page before is forgotten.
 */
export class Reading {
  /** Null until they came. */
  readonly list = signal<readonly QuickAnswer[] | null>(null);
  readonly missing = signal(false);
  /** The one that stands open, "" for none. */
  readonly open = signal("");
  /** The one at which was asked whether it helped: no second one is. */
  readonly asked = signal("");
  readonly helped = signal(false);
  private readonly seen = new Set<string>();
  /** Opened since the last message, in that order. */
  private read: string[] = [];

  constructor(private readonly site: string) {}

  async fetch(): Promise<void> {
    this.missing.value = false;
    try {
      const answer = await fetch(`/v1/widget/answers?site=${encodeURIComponent(this.site)}`, { credentials: "omit", signal: AbortSignal.timeout(15_000) });
      if (!answer.ok) throw new Error(answer.statusText);
      this.list.value = ((await answer.json()) as { answers: QuickAnswer[] }).answers;
    } catch {
      this.missing.value = true;
    }
  }

  /** Opens an answer, or folds the one that stands open. */
  turn(id: string): void {
    const fold = this.open.value === id;
    this.open.value = fold ? "" : id;
    if (fold || this.seen.has(id)) return;
    this.seen.add(id);
    this.read = [...this.read, id].slice(-NAMED);
    if (!this.asked.value) this.asked.value = id;
    this.count(id, false);
  }

  /** What the next message takes along, once; undefined for nothing. */
  take(): readonly string[] | undefined {
    const { read } = this;
    this.read = [];
    return read.length ? read : undefined;
  }

  help(id: string): void {
    this.helped.value = true;
    this.count(id, true);
  }

  /** A count that does not arrive is not worth a word. */
  private count(id: string, helped: boolean): void {
    const body = JSON.stringify({ site: this.site, helped });
    fetch(`/v1/widget/answers/${id}/open`, { method: "POST", headers: { "Content-Type": "application/json" }, body, credentials: "omit", keepalive: true }).catch(() => {});
  }
}
