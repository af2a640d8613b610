/**
 * Colour arithmetic of WCAG 2: a site's colour must stay readable, whatever the owner picks. A
 * colour is one number, 0xrrggbb. Arrows and few names, since the loader carries this.
 */

/** Reads "#rrggbb"; what is not one counts as black. */
export const parse = (color: string): number => +`0x${color.slice(1)}`;

/** Relative luminance, 0 (black) to 1 (white). */
export const luminance = (rgb: number): number => {
  const linear = (c: number) => ((c &= 255) > 10 ? ((c / 255 + 0.055) / 1.055) ** 2.4 : c / 3294.6);
  return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
};

/** Contrast ratio, 1 to 21. */
export const contrast = (a: number, b: number): number => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

/** Black or white, whichever is read better on the colour; the better one always reaches 4.5. */
export const inkOn = (color: string): "#fff" | "#000" => (luminance(parse(color)) > 0.179 ? "#000" : "#fff");
