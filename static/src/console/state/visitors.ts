/** Who looks around on the site in hand, as the list of visitors holds them. */
import type { Visitor, VisitorChanges } from "../../wire/protocol";

/** One of the list; left: they are gone and keep their place until the list moves again. */
export interface Listed extends Visitor {
  left?: true;
}
export type Held = ReadonlyMap<string, Listed>;
export type Whom = "all" | "known" | "strangers";

/**
 * Lays what has changed over what is held. still: whose places must not move now, or null; of the
 * others nobody stays who left.
 */
export function withChanges(held: Held, changes: VisitorChanges, still: readonly string[] | null): Held {
  const places = new Set(still);
  const next = new Map<string, Listed>(changes.whole ? [] : held);
  for (const v of changes.visitors) next.set(v.id, v);
  const gone = changes.whole ? [...held.keys()].filter((id) => !next.has(id)) : changes.gone;
  for (const id of gone) {
    const v = held.get(id);
    if (v && places.has(id)) next.set(id, { ...v, left: true });
    else next.delete(id);
  }
  return next;
}

/** Takes away who left: no place is held any more. */
export function withoutLeft(held: Held): Held {
  const here = [...held].filter(([, v]) => !v.left);
  return here.length === held.size ? held : new Map(here);
}

/** The ids of who fits what is asked for, the latest to come first. */
export function ordered(held: Held, text: string, whom: Whom): string[] {
  const asked = text.trim().toLowerCase();
  return [...held.values()]
    .filter((v) => !v.left && fits(v, asked, whom))
    .sort((a, b) => b.since - a.since || (a.id < b.id ? 1 : -1))
    .map((v) => v.id);
}

function fits(v: Visitor, asked: string, whom: Whom): boolean {
  if (whom !== "all" && (whom === "known") !== !!v.person) return false;
  if (!asked) return true;
  return [v.page.title, v.page.url, v.source, v.person?.name ?? ""].some((said) => said.toLowerCase().includes(asked));
}

/** What of a page's address follows its host. */
export function pathOf(url: string): string {
  try {
    return decodeURI(new URL(url).pathname);
  } catch {
    return url;
  }
}
