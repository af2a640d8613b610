import "./dress";
import type { Fit, Template } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import type { Known } from "../../state/fit";
import { stepName } from "../../words";

/** What a template fits of what is known: "Fits Understanding, complaint"; "" for nothing in particular. */
export function fitWords(x: Pick<Template, "steps" | "fit">, k: Known): string {
  const words = x.steps.includes(k.step) ? [stepName(k.step)] : [];
  for (const [name, list] of Object.entries(x.fit) as [keyof Fit, string[]][]) {
    const word = k[name];
    if (word && name !== "channels" && list.includes(word)) words.push(t(`fit_${word}` as Key));
  }
  return words.length > 0 ? t("fits", { what: words.join(", ") }) : "";
}
