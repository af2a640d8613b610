/** Which prompts of a step are not needed, by what is known of the matter and its customer. */
import type { Fit, Matter, Prompt } from "../../wire/protocol";
import type { Known } from "./fit";

export interface Unneeded {
  prompt: Prompt;
  /** What it was made for, and what is known instead: words of a Fit. */
  list: string[];
  is: string;
}

/** The lists that say for whom a prompt is. The stage of a complaint, the channel and the language say when and how. */
const FOR: readonly (keyof Fit)[] = ["types", "moods", "segments", "loyalty", "journey"];

/** Those that were made for something else than what is known. Where nothing is known yet, nothing is said. */
export function unneeded(prompts: readonly Prompt[], matter: Pick<Matter, "progress">, k: Known): Unneeded[] {
  return prompts.flatMap((prompt) => {
    const name = FOR.find((n) => k[n] && prompt.fit[n] && !(prompt.fit[n] as string[]).includes(k[n]!));
    if (!name || matter.progress.some((p) => p.what === `prompt:${prompt.key}`)) return [];
    return [{ prompt, list: prompt.fit[name] as string[], is: k[name]! }];
  });
}
