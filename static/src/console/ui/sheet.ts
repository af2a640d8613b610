/**
 * Puts on the stylesheet of a part that is fetched when it is first shown. It stands after the page's
 * own, so what it says of narrow windows belongs into it too.
 */
export function wear(text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
