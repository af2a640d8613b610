/** Colour arithmetic of WCAG 2: a site's colour must stay readable, whatever the owner picks. */
export type Rgb = readonly [number, number, number];

/** Reads "#rrggbb"; what is not one reads as black. */
export function parse(color: string): Rgb {
  const n = Number.parseInt(color.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

/** Relative luminance, 0 (black) to 1 (white). */
export function luminance(rgb: Rgb): number {
  const linear = (c: number) => (c > 10 ? ((c / 255 + 0.055) / 1.055) ** 2.4 : c / 3294.6);
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

/** Contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Black or white, whichever is read better on the colour; the better one always reaches 4.5. */
export function inkOn(color: string): "#fff" | "#000" {
  return luminance(parse(color)) > 0.179 ? "#000" : "#fff";
}
