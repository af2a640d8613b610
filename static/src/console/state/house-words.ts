/** The words of the house as an owner writes them: a line each, the plain ones behind an equals sign. */
import type { SiteSettings } from "../../wire/protocol";

type Words = NonNullable<SiteSettings["jargon"]>;

export const asLines = (words: Words): string => words.map(({ word, plain }) => (plain ? `${word} = ${plain}` : word)).join("\n");

export function fromLines(text: string): Words {
  return text
    .split("\n")
    .map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? { word: line.trim(), plain: "" } : { word: line.slice(0, at).trim(), plain: line.slice(at + 1).trim() };
    })
    .filter(({ word }) => word !== "");
}
