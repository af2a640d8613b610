/** The site's colour as the owner writes it; what stands on it is the loader's to say. */
import { contrast, parse } from "../../loader/contrast";

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** How well the loader's ink, black or white, is read on it: 4.5 to 21 (WCAG 2.2). */
export function inkContrast(color: string): number {
  return Math.max(contrast(parse(color), 0xffffff), contrast(parse(color), 0));
}
