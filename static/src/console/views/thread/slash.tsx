import { signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ConversationView } from "../../../wire/protocol";
import { viewOf } from "../../state/conversation";
import { templates } from "../../state/guide";
import { insertText } from "./writing";
import type * as Finder from "./find";

/** A row of the menu: a template or an answer. */
export interface Found {
  key: string;
  title: string;
  shortcut: string;
  /** Where it belongs, in a word or two. */
  note: string;
  /** Why it stands where it does, on hover. */
  why: string;
  /** What it would say to this customer. */
  text: string;
  /** The template's id; "" for an answer. */
  template: string;
  /** How many files come with it. */
  files: number;
}

export interface Slash {
  open: boolean;
  query: string;
  found: Found[];
  at: number;
  /** Id of the option in hand, for screen readers. */
  active: string | undefined;
  keyDown(e: KeyboardEvent): boolean;
  choose(i: number): void;
  point(i: number): void;
  dismiss(): void;
}

/** What searches and shows comes after the first screen, long before anybody can type "/". */
const finder = signal<typeof Finder | null>(null);
let coming: Promise<void> | null = null;
const fetchFinder = () => (coming ??= import("./find").then((m) => void (finder.value = m)).catch(() => void (coming = null)));

/** Templates and answers by what was typed after "/"; those that fit best first while nothing is typed. */
export function useSlash(id: string, query: { from: number; query: string } | null): Slash {
  const [at, point] = useState(0);
  const [dismissed, dismiss] = useState("");
  const view = viewOf(id);
  const place = query ? `${query.from}:${query.query}` : "";
  useEffect(() => {
    const timer = setTimeout(() => void fetchFinder(), 600);
    return () => clearTimeout(timer);
  }, []);
  if (query) void fetchFinder();
  const known = finder.value?.answers.value;
  const found = useMemo(() => search(query, view), [place, templates.value, known, view, finder.value]);
  useEffect(() => point(0), [place]);
  const open = query !== null && found.length > 0 && dismissed !== String(query.from);
  useEffect(() => {
    if (!query) dismiss("");
  }, [query === null]);

  // Enter before the search has come must not send "/hours" to the customer: it chooses on arrival.
  const wanted = useRef(false);
  const early = query !== null && !finder.value && dismissed !== String(query.from);
  useEffect(() => {
    if (!wanted.current || !finder.value) return;
    wanted.current = false;
    choose(0);
  }, [finder.value, found]);

  const choose = (i: number) => {
    const one = found[i];
    if (one && query) insertText(id, one.text, { from: query.from, to: query.from + 1 + query.query.length }, one.template);
  };
  const away = () => dismiss(String(query?.from ?? ""));
  const keyDown = (e: KeyboardEvent): boolean => {
    if (early && (e.key === "Enter" || e.key === "Tab")) {
      wanted.current = true;
      e.preventDefault();
      e.stopPropagation();
      return true;
    }
    if (!open) return false;
    const move = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (move) point((at + move + found.length) % found.length);
    else if (e.key === "Enter" || e.key === "Tab") choose(at);
    else if (e.key === "Escape") away();
    else return false;
    e.preventDefault();
    e.stopPropagation();
    return true;
  };
  return { open, query: query?.query ?? "", found, at, active: open ? `slash-${at}` : undefined, keyDown, choose, point, dismiss: away };
}

function search(query: { query: string } | null, view: ConversationView | undefined | null): Found[] {
  return query && view && finder.value ? finder.value.search(query.query, view) : [];
}

/** The list above the field, with what the one in hand would say. */
export function SlashMenu({ slash }: { slash: Slash }) {
  const found = finder.value;
  return slash.open && found ? <found.Menu slash={slash} /> : null;
}
