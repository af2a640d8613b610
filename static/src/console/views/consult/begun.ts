/** Answers to colleagues that are being written: a question that goes meanwhile takes none of them along. */
import { computed, signal } from "@preact/signals";
import type { Consult } from "../../../wire/protocol";
import { aside, consults, questions } from "../../state/consults";
import { atLeaving } from "../../state/leaving";

/** What is written so far, by the question's id. */
export const begun = signal<ReadonlyMap<string, { q: Consult; text: string }>>(new Map());

atLeaving(() => {
  begun.value = new Map();
});

/** Keeps what is written of an answer; "" for nothing any more. */
export function write(q: Consult, text: string): void {
  const now = new Map(begun.value);
  if (text) now.set(q.id, { q, text });
  else now.delete(q.id);
  begun.value = now;
}

/** The questions that stand above the page, the oldest first: those that are open, and those whose answer was begun. */
export const cards = computed(() => {
  const open = new Set(consults.value.for_me.map((q) => q.id));
  const over = [...begun.value.values()].filter(({ q, text }) => !open.has(q.id) && !aside.value.has(q.id) && text.trim()).map(({ q }) => q);
  return [...questions.value, ...over].sort((a, b) => a.asked_at - b.asked_at || (a.id < b.id ? -1 : 1));
});
