/** Prompts and templates of the site: loaded once, again when somebody changed them. */
import { computed, signal } from "@preact/signals";
import { api } from "../api";
import type { Prompt, Step, Template } from "../../wire/protocol";
import { site } from "./session";

export const prompts = signal<readonly Prompt[]>([]);
export const templates = signal<readonly Template[]>([]);

export const promptsByStep = computed(() => {
  const out = new Map<Step, Prompt[]>();
  for (const p of [...prompts.value].sort((a, b) => a.position - b.position)) {
    out.set(p.step, [...(out.get(p.step) ?? []), p]);
  }
  return out;
});

/** Rises when somebody changed an answer or a standard: what was fetched of them is old then. */
export const guideTurn = signal(0);
export async function renewed(): Promise<void> {
  guideTurn.value++;
}
export async function fetchPrompts(): Promise<void> {
  const id = site.value?.id;
  if (id) prompts.value = (await api.get<{ prompts: Prompt[] }>(`sites/${id}/prompts`)).prompts;
}
export async function fetchTemplates(): Promise<void> {
  const id = site.value?.id;
  if (id) templates.value = (await api.get<{ templates: Template[] }>(`sites/${id}/templates`)).templates;
}
