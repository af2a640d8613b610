/** Pure rules of the words about a delay: what stands in the form, what is stored, and how it reads. */
import type { LateWords, SiteSettings } from "../../wire/protocol";
import usual from "./late.json";
import { fill } from "./template";

export type LateLanguage = keyof typeof usual;
type Kind = "known" | "open";
type Texts = Record<Kind, string>;

export const LATE_LANGUAGES = Object.keys(usual) as LateLanguage[];

/** What customers are told now: the owner's words, else ours. */
export function lateTexts(settings: Pick<SiteSettings, "late">, language: LateLanguage): Texts {
  const own = settings.late?.find((w) => w.language === language);
  return { known: own?.known || usual[language].known, open: own?.open || usual[language].open };
}

/** The setting with other words for one language; our own words and none are stored as "". */
export function withLate(settings: Pick<SiteSettings, "late">, language: LateLanguage, texts: Texts): LateWords[] {
  const stored = (kind: Kind) => (texts[kind].trim() === usual[language][kind] ? "" : texts[kind].trim());
  const row = { language, known: stored("known"), open: stored("open") };
  const others = (settings.late ?? []).filter((w) => w.language !== language);
  return row.known || row.open ? [...others, row] : others;
}

/** How it reads for a made-up customer, of whom only others are known; a space that a value left behind is closed. */
export function lateSample(text: string, language: LateLanguage, until: string, others: Record<string, string>): string {
  const { what, reason } = usual[language];
  const values = { ...others, "delay.what": what, "delay.reference": "4411", "delay.reason": reason, ...(until && { "delay.until": until }) };
  return fill(text, values).replace(/ {2,}/g, " ").trim();
}
