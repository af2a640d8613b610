/** Quick answers on their page: their order, what became of them, and what visitors see. */
import { signal } from "@preact/signals";
import type { Answer, AnswerUse, AnswerUses, QuickAnswer } from "../../wire/protocol";
import { api } from "../api";
import { explain } from "../desk";
import { answers, fetchAnswers } from "./answers";
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

/** Keeps an order of all answers, and shows what stands in any case. */
export async function saveOrder(ids: string[]): Promise<void> {
  try {
    answers.value = (await api.post<{ answers: Answer[] }>(`sites/${site.value?.id}/answers/order`, { ids })).answers;
  } catch (err) {
    explain(err);
    await fetchAnswers().catch(explain);
  }
}
