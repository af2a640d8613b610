import { contrast, parse } from "./contrast";

/**
 * The colour itself where it reaches the ratio on the ground, else the nearest mix with black or
 * white (whichever leads away from the ground) that does. For text and lines in the site's colour.
 */
export function readable(color: string, ground: string, ratio = 4.5): string {
  const [from, on] = [parse(color), parse(ground)];
  const towards = contrast(on, 0) > contrast(on, 0xffffff) ? 0 : 255;
  for (let part = 0; part <= 1.001; part += 0.04) {
    const mixed = mix(from, towards, Math.min(part, 1));
    if (contrast(mixed, on) >= ratio) return `#${mixed.toString(16).padStart(6, "0")}`;
  }
  return towards ? "#ffffff" : "#000000";
}

/** part, 0 to 1, of the way from a colour to a grey. */
function mix(from: number, grey: number, part: number): number {
  return [16, 8, 0].reduce((rgb, shift) => {
    const c = (from >> shift) & 255;
    return rgb | (Math.round(c + (grey - c) * part) << shift);
  }, 0);
}
