/** What calls for one of the owner's answers: words that somebody says, and the page they are on. */

/** Words of a language that stand whole in a text: "return" is not in "returned", but in "a return?". */
export function says(text: string, word: string): boolean {
  const at = ` ${text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  const sought = word.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  return sought !== "" && at.includes(` ${sought} `);
}

/** The path of an address, "" of what is none. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}

/** Whether a path is the start, or lies below it: "/returns" leads to "/returns/how" and not to "/returns-policy". */
export function below(path: string, start: string): boolean {
  return path === start || path.startsWith(start.endsWith("/") ? start : `${start}/`);
}
