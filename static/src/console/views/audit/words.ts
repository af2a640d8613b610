import { t, type Key } from "../../i18n";
import words from "../../i18n/audit.json";

/** The kinds of things of which the log tells, as the first word of an action. */
export const NOUNS = ["site", "identity_secret", "api_key", "webhook", "agent", "invitation", "role", "team", "second_step", "session", "template", "prompt", "answer", "standard", "guide", "authority", "tag", "person", "note", "complaint", "conversation"] as const;

export const nounName = (noun: (typeof NOUNS)[number]): string => t(`noun_${noun}` as Key);

/** "changed the settings of" for site.changed; an action without words of its own is said as it is. */
export function deedWords(action: string): string {
  const deed = action.replace(".", "_");
  return `did_${deed}` in words ? t(`did_${deed}` as Key) : action;
}

/** A value of a change as people read it. */
export function valueWords(value: unknown): string {
  if (value === null || value === "") return t("audit_empty");
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? t("audit_yes") : t("audit_no");
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
}
