import type { Site } from "../../../wire/protocol";
import { LANGUAGES } from "../../../wire/languages";
import { locale } from "../../i18n";

/** A language by its own name, as those read it who look for theirs. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(locale()) + name.slice(1);
}

/** The languages of a site's chat, the one for everybody else first. */
export function offeredBy(now: Pick<Site, "look">): readonly string[] {
  if (now.look.locales.length) return now.look.locales;
  return ["en", ...LANGUAGES.filter((tag) => tag !== "en")];
}
