import { contrast, parse, type Rgb } from "./contrast";

/**
 * The colour itself where it reaches the ratio on the ground, else the nearest mix with black or
 * white (whichever leads away from the ground) that does. For text and lines in the site's colour.
 */
export function readable(color: string, ground: string, ratio = 4.5): string {
  const [from, on] = [parse(color), parse(ground)];
  const towards = contrast(on, [0, 0, 0]) > contrast(on, [255, 255, 255]) ? 0 : 255;
  for (let part = 0; part <= 1.001; part += 0.04) {
    const mixed = from.map((c) => Math.round(c + (towards - c) * Math.min(part, 1))) as unknown as Rgb;
    if (contrast(mixed, on) >= ratio) return `#${mixed.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
  }
  return towards ? "#ffffff" : "#000000";
}
