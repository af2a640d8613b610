/** Answers and standards of the site: fetched with the parts that show them, again when somebody changed them. */
import { effect, signal } from "@preact/signals";
import { below, pathOf, says } from "../../wire/calls";
import type { Answer, ConversationView, Standard } from "../../wire/protocol";
import { api } from "../api";
import { guideTurn } from "./guide";
import { site } from "./session";
import { fill } from "./template";

export const answers = signal<readonly Answer[]>([]);
export const standards = signal<readonly Standard[]>([]);

export async function fetchAnswers(): Promise<void> {
  const id = site.value?.id;
  if (id) answers.value = (await api.get<{ answers: Answer[] }>(`sites/${id}/answers`)).answers;
}
export async function fetchStandards(): Promise<void> {
  const id = site.value?.id;
  if (id) standards.value = (await api.get<{ standards: Standard[] }>(`sites/${id}/standards`)).standards;
}

// A failure leaves what was there; the pages that edit them fetch for themselves and say so.
effect(() => {
  void guideTurn.value;
  if (site.value?.id) void Promise.all([fetchAnswers(), fetchStandards()]).catch(() => {});
});

/** The quick answers that the customer has read by themselves, by id. */
export function readBy(view: Pick<ConversationView, "events">): ReadonlySet<string> {
  return new Set(view.events.flatMap((e) => (e.type === "answers.read" ? e.read.map((r) => r.id) : [])));
}

/** What an answer says to this customer, with its link behind it. */
export function textOf(a: Pick<Answer, "text" | "link">, view: Pick<ConversationView, "variables">): string {
  const text = fill(a.text, view.variables);
  return a.link ? `${text} ${a.link}` : text;
}

/** Whether the customer's last words, or the page they are on, call for this answer; a product may stand in the page's title. */
export function calls(a: Pick<Answer, "words" | "pages">, view: Pick<ConversationView, "messages" | "matter" | "pages">): boolean {
  const said = view.messages.findLast((m) => m.author.kind === "person")?.text ?? "";
  if (a.words.some((w) => says(`${said} ${view.matter.question} ${view.pages[0]?.title ?? ""}`, w))) return true;
  const path = pathOf(view.pages[0]?.url ?? "");
  return a.pages.some((p) => below(path, p));
}
