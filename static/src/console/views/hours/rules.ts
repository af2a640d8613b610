import type { WaitRules } from "../../../wire/protocol";
import type { Key } from "../../i18n";

/** What a site does that has never said: first words alone. */
export const noRules: WaitRules = {
  silent: false, closed_text: "", away_text: "", promise_hours: 0, stages: [],
  ask_after: 0, ask_text: "", close_after: 0, close_text: "", remind_after: 0, return_after: 0,
};

export const MAX_STAGES = 5;

/** Another stage, later than the last. */
export function oneStageMore(stages: WaitRules["stages"]): WaitRules["stages"] {
  return [...stages, { after: Math.max(0, ...stages.map((s) => s.after)) + 3, text: "" }];
}

/** Variables that words said by themselves may use, most wanted first: what each is called, and what stands in the text. */
export const VARIABLES: readonly (readonly [Key, string])[] = [
  ["variable_opens", "hours.opens"],
  ["variable_place", "queue.place"],
  ["variable_estimate", "queue.estimate"],
  ["variable_first_name", "customer.first_name|there"],
  ["variable_site", "site.name"],
  ["variable_phone", "site.phone"],
];
