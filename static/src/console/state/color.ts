/** Pure rules of the site's colour: what stands on it, and how well it can be read (WCAG 2.2). */

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
}

/** Relative luminance, 0 black to 1 white. */
export function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Black or white, whichever reads better on the colour, and how well. */
export function inkOn(color: string): { ink: "#ffffff" | "#1a1a1a"; ratio: number } {
  const white = contrast(color, "#ffffff");
  const black = contrast(color, "#1a1a1a");
  return white >= 4.5 || white >= black ? { ink: "#ffffff", ratio: white } : { ink: "#1a1a1a", ratio: black };
}
