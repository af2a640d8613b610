/** Short notes at the edge of the screen: what was done with a way to undo it, and what failed. */
import * as toast from "@zag-js/toast";
import { t } from "../i18n";

/** How long an undo is offered, ms. */
export const UNDO_MS = 6_000;

export const toaster = toast.createStore({ placement: "bottom-start", duration: UNDO_MS, max: 3, gap: 8, overlap: false, offsets: { left: "68px", right: "16px", bottom: "60px", top: "16px" } });

let lastUndo: (() => void) | null = null;

/** Says what was done and offers to undo it, by button or by Z. */
export function done(title: string, undo?: () => void): void {
  const once = undo && onceOnly(undo);
  lastUndo = once ?? null;
  toaster.create({
    title,
    type: "info",
    duration: UNDO_MS,
    ...(once ? { action: { label: t("undo"), onClick: once } } : {}),
    onStatusChange: ({ status }) => {
      if (status === "unmounted" && lastUndo === once) lastUndo = null;
    },
  });
}

/** Says what went wrong, what was kept, and what to do. */
export function failed(title: string, detail: string): void {
  toaster.create({ title, description: detail, type: "error", duration: 10_000 });
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
