import { signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { insertText } from "./writing";
import type * as Namer from "./at-menu";

/** Somebody, or a team, that a note can name. */
export interface Nameable {
  id: string;
  name: string;
  picture: string;
  team: boolean;
  /** What is to be known before one counts on them, "" for nothing. */
  note: string;
}

/** What finds and shows names comes with the first "@". */
const namer = signal<typeof Namer | null>(null);
let coming: Promise<void> | null = null;
const fetchNamer = () => (coming ??= import("./at-menu").then((m) => void (namer.value = m)).catch(() => void (coming = null)));

/** What was typed after an "@" at the caret, null where there is none. */
export function atQuery(text: string, caret: number): { from: number; query: string } | null {
  const m = /(^|[\s(])@([\p{L}\p{N}][\p{L}\p{N} ]{0,30}|)$/u.exec(text.slice(0, caret));
  const query = m?.[2] ?? "";
  return m ? { from: caret - query.length - 1, query } : null;
}

export interface At {
  found: Nameable[];
  at: number;
  open: boolean;
  active: string | undefined;
  keyDown(e: KeyboardEvent): boolean;
  choose(i: number): void;
  point(i: number): void;
  dismiss(): void;
}

/** Colleagues and teams by what was typed after "@" in a note. */
export function useAt(id: string, query: { from: number; query: string } | null): At {
  const [at, point] = useState(0);
  const [dismissed, away] = useState(-1);
  const from = query?.from ?? -1;
  useEffect(() => {
    if (query) void fetchNamer().then(() => namer.value?.fetchNames());
  }, [from]);
  const known = namer.value?.names.value;
  const found = useMemo(() => (query && namer.value ? namer.value.search(query.query) : []), [query?.query, from, known, namer.value]);
  useEffect(() => point(0), [query?.query]);
  const open = found.length > 0 && dismissed !== from;
  const choose = (i: number) => {
    const one = found[i];
    if (one && query) insertText(id, `@${one.name} `, { from, to: from + 1 + query.query.length });
  };
  const keyDown = (e: KeyboardEvent): boolean => {
    if (!open) return false;
    const move = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (move) point((at + move + found.length) % found.length);
    else if (e.key === "Enter" || e.key === "Tab") choose(at);
    else if (e.key === "Escape") away(from);
    else return false;
    e.preventDefault();
    e.stopPropagation();
    return true;
  };
  return { found, at, open, active: open ? `at-${at}` : undefined, keyDown, choose, point, dismiss: () => away(from) };
}

export function AtMenu({ at }: { at: At }) {
  const found = namer.value;
  return at.open && found ? <found.Menu at={at} /> : null;
}
