/** The rules by which prompts tick themselves: fetched where they are shown. */
import { signal } from "@preact/signals";
import type { EvidenceRule } from "../../wire/protocol";
import { api } from "../api";

export const rules = signal<readonly EvidenceRule[]>([]);

export async function fetchRules(): Promise<void> {
  rules.value = (await api.get<{ rules: EvidenceRule[] }>("rules")).rules;
}

/** What a rule shows, in words; its name where it is not known (any more), "" for none. */
export const ruleWords = (name: string): string => rules.value.find((r) => r.name === name)?.why ?? name;
