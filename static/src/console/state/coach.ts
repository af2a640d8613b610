/** Pure rules of the coach: where each prompt stands, and which ideas come up. */
import type { Matter, Progress, Prompt, PromptState, Step, Template } from "../../wire/protocol";

export interface PromptStand {
  prompt: Prompt;
  state: PromptState;
  /** What put it there, if anything did. */
  progress: Progress | undefined;
}

/** Where each prompt stands by the last word about it. Once the conversation is closed, what nobody touched was not needed. */
export function promptStates(prompts: readonly Prompt[], matter: Matter, closed = false): PromptStand[] {
  const untouched: PromptState = closed ? "not_needed" : "open";
  return prompts.map((prompt) => {
    const progress = matter.progress.findLast((p) => p.what === `prompt:${prompt.key}`);
    return { prompt, progress, state: (progress?.state as PromptState | undefined) ?? untouched };
  });
}

/** Most used first, then those made for fewer steps, then by title: the order of cycle.Rank. */
function byUse(a: Template, b: Template): number {
  return b.uses - a.uses || a.steps.length - b.steps.length || (a.title < b.title ? -1 : 1);
}

/** Three templates that fit the step, best first; turn shows the next three, round and round. */
export function ideasFor(templates: readonly Template[], step: Step, turn: number, count = 3): Template[] {
  const fits = templates.filter((x) => x.steps.includes(step)).sort(byUse);
  if (fits.length <= count) return fits;
  return Array.from({ length: count }, (_, i) => fits[(turn * count + i) % fits.length]!);
}
