/**
 * How often this browser has come, for those alone who have written or signed in: the count stands
 * beside what the chat keeps of them already, and goes with it. Of anybody else nothing is stored.
 */

/** A visit ends when no page told of itself for so long, ms. */
const PAUSE = 30 * 60_000;

interface Counted {
  n: number;
  /** When a page was open last. */
  at: number;
}

/** Counts this visit in, once, however many tabs it has, and says which it is; 0 where nothing may be stored. */
export function countVisit(site: string, now: number, store: Pick<Storage, "getItem" | "setItem" | "removeItem">): number {
  const key = `rapport:${site}:visits`;
  if (!store.getItem(`rapport:${site}`)) {
    store.removeItem(key);
    return 0;
  }
  const { n, at } = read(store.getItem(key));
  const visit = now - at > PAUSE ? n + 1 : n;
  store.setItem(key, JSON.stringify({ n: visit, at: now } satisfies Counted));
  return visit;
}

/** What was kept; whatever else stands there counts for nothing. */
function read(kept: string | null): Counted {
  try {
    const { n, at } = JSON.parse(kept ?? "{}") as Partial<Counted>;
    if (Number.isSafeInteger(n) && Number.isFinite(at) && n! > 0) return { n: n!, at: at! };
  } catch {
    // Somebody else wrote there.
  }
  return { n: 0, at: 0 };
}
