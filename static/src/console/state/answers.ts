/** Answers and standards of the site: fetched with the parts that show them, again when somebody changed them. */
import { effect, signal } from "@preact/signals";
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

/** What an answer says to this customer, with its link behind it. */
export function textOf(a: Pick<Answer, "text" | "link">, view: Pick<ConversationView, "variables">): string {
  const text = fill(a.text, view.variables);
  return a.link ? `${text} ${a.link}` : text;
}

/** Words of a language that stand whole in a text: "return" is not in "returned", but in "a return?". */
function says(text: string, word: string): boolean {
  const at = ` ${text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  return at.includes(` ${word.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `);
}

/** Whether the customer's last words, or the page they are on, call for this answer. */
export function calls(a: Pick<Answer, "words" | "pages">, view: Pick<ConversationView, "messages" | "matter" | "pages">): boolean {
  const said = view.messages.findLast((m) => m.author.kind === "person")?.text ?? "";
  if (a.words.some((w) => says(`${said} ${view.matter.question}`, w))) return true;
  const url = view.pages[0]?.url;
  const path = url && URL.canParse(url) ? new URL(url).pathname : "";
  return a.pages.some((p) => path === p || path.startsWith(p.endsWith("/") ? p : `${p}/`));
}
