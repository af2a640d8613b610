import "./dress";
import type { Fit, Template } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import type { Known } from "../../state/fit";
import { saidOf } from "../../state/outcome";
import { stepName } from "../../words";

/** Why a template comes where it does: "Fits Understanding, complaint; solved 9 of 11 times"; "" for nothing in particular. */
export function fitWords(x: Pick<Template, "steps" | "fit" | "as_is" | "reworded">, k: Known): string {
  const words = x.steps.includes(k.step) ? [stepName(k.step)] : [];
  for (const [name, list] of Object.entries(x.fit) as [keyof Fit, string[]][]) {
    const word = k[name];
    if (word && name !== "channels" && list.includes(word)) words.push(t(`fit_${word}` as Key));
  }
  const fits = words.length > 0 ? t("fits", { what: words.join(", ") }) : "";
  const said = saidOf(x);
  if (!said) return fits;
  return fits ? t("fits_solved", { fits, ...said }) : t("solved_of", said);
}
