/** Pure rules of the coach: where each prompt stands, and which ideas come up. */
import type { Matter, Progress, Prompt, PromptState, Template } from "../../wire/protocol";
import { applies, byFit, type Known } from "./fit";

export interface PromptStand {
  prompt: Prompt;
  state: PromptState;
  /** What put it there, if anything did. */
  progress: Progress | undefined;
}

/**
 * Where each prompt stands by the last word about it. Those made for other customers or matters are left out,
 * unless something touched them. Once the conversation is closed, what nobody touched was not needed.
 */
export function promptStates(prompts: readonly Prompt[], matter: Matter, k: Known, closed = false): PromptStand[] {
  const untouched: PromptState = closed ? "not_needed" : "open";
  return prompts.flatMap((prompt) => {
    const progress = matter.progress.findLast((p) => p.what === `prompt:${prompt.key}`);
    return progress || applies(prompt.fit, k) ? { prompt, progress, state: (progress?.state as PromptState | undefined) ?? untouched } : [];
  });
}

/** Three templates of the step, those that fit best first; turn shows the next three, round and round. */
export function ideasFor(templates: readonly Template[], k: Known, turn: number, count = 3): Template[] {
  const fits = templates.filter((x) => x.steps.includes(k.step)).sort(byFit(k));
  if (fits.length <= count) return fits;
  return Array.from({ length: count }, (_, i) => fits[(turn * count + i) % fits.length]!);
}
