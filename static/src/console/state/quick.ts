/** Quick answers on their page: their order, what became of them, and what visitors see. */
import { signal } from "@preact/signals";
import type { Answer, AnswerUse, AnswerUses, QuickAnswer } from "../../wire/protocol";
import { api } from "../api";
import { answers, fetchAnswers, held } from "./answers";
import { site } from "./session";

export const uses = signal<ReadonlyMap<string, AnswerUse>>(new Map());
/** What the widget gets; null until it came. */
export const shown = signal<readonly QuickAnswer[] | null>(null);

export async function fetchUses(): Promise<void> {
  const id = site.value?.id;
  if (id) uses.value = new Map((await api.get<AnswerUses>(`sites/${id}/answers/uses`)).uses.map((u) => [u.id, u]));
}

/** The very list that visitors get, with the site's facts filled in. */
export async function fetchShown(): Promise<void> {
  const key = site.value?.key;
  if (!key) return;
  const answer = await fetch(`/v1/widget/answers?site=${encodeURIComponent(key)}`, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok) throw new Error(answer.statusText);
  shown.value = ((await answer.json()) as { answers: QuickAnswer[] }).answers;
}

/** The list with one of it at another place. */
export function moved(list: readonly Answer[], id: string, to: number): Answer[] {
  const rest = list.filter((a) => a.id !== id);
  return [...rest.slice(0, to), ...list.filter((a) => a.id === id), ...rest.slice(to)];
}

let saving = Promise.resolve();

/** Moves an answer at once and keeps the order; rejects where it cannot be kept, and shows what is. */
export function move(id: string, to: number): Promise<void> {
  const base = `sites/${site.value?.id}/answers`;
  answers.value = moved(answers.value, id, to);
  const ids = answers.value.map((a) => a.id);
  // While one order is on its way, what is fetched may be older than what is shown.
  held.value++;
  const mine = saving.then(() => api.put<unknown>(`${base}/order`, { ids }));
  saving = mine.then(() => {}, () => {});
  return mine
    .finally(() => {
      held.value--;
      if (held.value === 0) void fetchAnswers().catch(() => {});
    })
    .then(() => {});
}
