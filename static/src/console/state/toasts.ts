/** Short notes at the edge of the screen: what was done with a way to undo it, and what failed. */
import { signal } from "@preact/signals";

export interface Note {
  title: string;
  detail?: string;
  kind: "info" | "error";
  /** How long it stays, ms. */
  stay: number;
  undo?: () => void;
  /** Called when it is gone. */
  gone?: () => void;
}

/** How long an undo is offered, ms. */
export const UNDO_MS = 6_000;
const TROUBLE_MS = 10_000;

/** Becomes true with the first note: what shows them is fetched then. */
export const anyNote = signal(false);

const early: Note[] = [];
let show: ((note: Note) => void) | null = null;
let lastUndo: (() => void) | null = null;

/** The screen lends its way of showing; notes that came before are shown now. */
export function lendNotes(fn: (note: Note) => void): void {
  show = fn;
  early.splice(0).forEach(fn);
}

function tell(note: Note): void {
  anyNote.value = true;
  if (show) show(note);
  else early.push(note);
}

/** Says what was done and offers to undo it, by button or by Z. */
export function done(title: string, undo?: () => void): void {
  const once = undo && onceOnly(undo);
  lastUndo = once ?? null;
  const gone = () => {
    if (lastUndo === once) lastUndo = null;
  };
  tell({ title, kind: "info", stay: UNDO_MS, gone, ...(once ? { undo: once } : {}) });
}

/** Says what went wrong, what was kept, and what to do. */
export function failed(title: string, detail: string): void {
  tell({ title, detail, kind: "error", stay: TROUBLE_MS });
}

/** Undoes what the latest note offers; false when there is nothing to undo. */
export function undoLast(): boolean {
  const undo = lastUndo;
  lastUndo = null;
  undo?.();
  return undo !== null;
}

function onceOnly(fn: () => void): () => void {
  let open = true;
  return () => {
    if (open) fn();
    open = false;
  };
}
