/** Pure rules of templates: filling variables in and finding what is still unfilled; hub/cycle does the same in Go. */

/**
 * {{anything}} on one line, and a brace followed by one of our families of variables, so that a
 * broken {{customer.first_name} is caught as well.
 */
const PLACEHOLDER = /\{\{([^{}\n]+)\}\}|\{[ \t]*((?:customer|agent|site|delay)\.[\p{L}\p{N}_.-]*)/gu;

export interface Hole {
  start: number;
  end: number;
  /** The variable's name. */
  key: string;
}

const trim = (s: string) => s.replace(/^[ \t]+|[ \t]+$/g, "");

function split(inside: string): { name: string; words: string | null } {
  const bar = inside.indexOf("|");
  return bar < 0 ? { name: trim(inside), words: null } : { name: trim(inside.slice(0, bar)), words: trim(inside.slice(bar + 1)) };
}

/**
 * Fills {{name}} and {{name|words}}; what has neither value nor words stays as it is. Braces in
 * values become parentheses, so that a customer's name never acts as a variable.
 */
export function fill(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(PLACEHOLDER, (found: string, inside: string | undefined) => {
    if (inside === undefined) return found;
    const { name, words } = split(inside);
    const value = Object.hasOwn(values, name) ? values[name] : "";
    if (value) return value.replaceAll("{", "(").replaceAll("}", ")");
    return words !== null && name !== "" ? words : found;
  });
}

/** The places still to be filled by hand, in order. A reply with any of them is never sent. */
export function holes(text: string): Hole[] {
  const out: Hole[] = [];
  for (const m of text.matchAll(PLACEHOLDER)) {
    const key = m[2] ?? split(m[1] ?? "").name;
    if (key !== "") out.push({ start: m.index, end: m.index + m[0].length, key });
  }
  return out;
}

/** The names still missing, each once. */
export function missing(text: string): string[] {
  return [...new Set(holes(text).map((h) => h.key))];
}

/** The hole to go to from a caret: the next one, else the first. */
export function nextHole(text: string, caret: number): Hole | null {
  const all = holes(text);
  return all.find((h) => h.start >= caret) ?? all[0] ?? null;
}

/** Puts text into a draft over the given range, and says where the caret goes: the first hole or the end. */
export function insertAt(
  draft: string,
  from: number,
  to: number,
  text: string,
): { text: string; start: number; end: number } {
  const whole = draft.slice(0, from) + text + draft.slice(to);
  const hole = holes(text)[0];
  const start = from + (hole ? hole.start : text.length);
  return { text: whole, start, end: hole ? from + hole.end : start };
}

/** What stands after a "/" at the caret, if the slash begins the text or follows a space; null otherwise. */
export function slashQuery(text: string, caret: number): { from: number; query: string } | null {
  const m = /(^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  if (!m) return null;
  const query = m[2] ?? "";
  return { from: caret - query.length - 1, query };
}
