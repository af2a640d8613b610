/** Pure rules of what is typed into the search field: its filters as chips, and what may come next. The server alone understands it. */

/** The filters that search knows, in the order in which they are offered. */
export const FILTERS = ["from", "to", "tag", "step", "type", "mood", "state", "site", "team", "before", "after", "on", "has", "in"] as const;
export type Filter = (typeof FILTERS)[number];

/** What the filters with a closed list may be, and the days worth offering. */
export const VALUES: Partial<Record<Filter, readonly string[]>> = {
  from: ["customer", "agent", "me"],
  to: ["customer", "agent", "me"],
  step: ["greeting", "understanding", "agreeing", "delivering", "closing"],
  type: ["request", "question", "complaint", "compliment"],
  mood: ["fine", "unsure", "upset"],
  state: ["waiting", "open", "snoozed", "closed"],
  before: ["today", "yesterday", "7d", "30d"],
  after: ["today", "yesterday", "7d", "30d"],
  on: ["today", "yesterday", "monday"],
  has: ["file"],
  in: ["note"],
};

export interface Piece {
  start: number;
  end: number;
  not: boolean;
  /** "" for words. */
  name: Filter | "";
  value: string;
}

const QUOTES = `"“”„«»`;

/** Cuts a query at its spaces, but not within quotes: as the server does. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const piece = cut(text, at);
    out.push(piece);
    at = piece.end;
  }
  return out;
}

function cut(text: string, start: number): Piece {
  const head = /^(-?)(?:([a-z]+):(?!\/\/))?/i.exec(text.slice(start))!;
  const name = head[2]?.toLowerCase() as Filter | undefined;
  const known = name && FILTERS.includes(name);
  const not = head[1] === "-" && text.length > start + 1 && !/\s/.test(text.charAt(start + 1));
  const at = start + (known ? head[0].length : not ? 1 : 0);
  let end: number;
  if (QUOTES.includes(text.charAt(at)) && at < text.length) {
    end = at + 1;
    while (end < text.length && !QUOTES.includes(text.charAt(end))) end++;
    return { start, end: Math.min(text.length, end + 1), not, name: known ? name : "", value: text.slice(at + 1, end) };
  }
  end = at;
  while (end < text.length && !/\s/.test(text.charAt(end))) end++;
  return { start, end, not, name: known ? name : "", value: text.slice(at, end) };
}

/** The query without one of its pieces. */
export function without(text: string, piece: Piece): string {
  return (text.slice(0, piece.start) + text.slice(piece.end)).replace(/\s+/g, " ").trim();
}

/** A name as it stands in a query: in quotes where it has spaces or commas. */
export function quoted(value: string): string {
  return /[\s,]/.test(value) ? `"${value.replace(new RegExp(`[${QUOTES}]`, "g"), "")}"` : value;
}

/** The words as beginnings of words; filters and phrases stay. */
export function loosened(text: string): string {
  return pieces(text)
    .map((p) => {
      const whole = text.slice(p.start, p.end);
      return p.name || p.not || QUOTES.includes(whole.charAt(0)) || whole.endsWith("*") ? whole : whole + "*";
    })
    .join(" ");
}

export interface Option {
  /** What stands in the list. */
  label: string;
  /** What takes the place of the piece under the caret. */
  insert: string;
  /** A filter's name, whose meaning is shown beside it. */
  filter?: Filter;
}
export interface Offer {
  start: number;
  end: number;
  options: Option[];
}

/** Names that may follow from:, to: and site:, as far as they are known. */
export interface Known {
  agents: readonly string[];
  people: readonly string[];
  sites: readonly string[];
}

/** How many are offered at once. */
const OFFERED = 8;

/** What the piece that ends at the caret may become: a filter's name, or one of its values. */
export function offer(text: string, caret: number, known: Known): Offer | null {
  const piece = pieces(text).find((p) => p.start < caret && caret <= p.end);
  if (!piece) return null;
  const typed = text.slice(piece.start, caret);
  const sign = piece.not ? "-" : "";
  const make = (options: Option[]) => (options.length > 0 ? { start: piece.start, end: piece.end, options: options.slice(0, OFFERED) } : null);
  if (!piece.name) {
    const word = typed.slice(sign.length).toLowerCase();
    if (word === "") return null;
    return make(FILTERS.filter((f) => f.startsWith(word)).map((f) => ({ label: f + ":", insert: `${sign}${f}:`, filter: f })));
  }
  const name = piece.name;
  const begun = piece.value.toLowerCase();
  const names = name === "from" || name === "to" ? [...known.agents, ...known.people] : name === "site" ? known.sites : [];
  const fits = [...(VALUES[name] ?? []).filter((v) => v.startsWith(begun)), ...names.filter((n) => n.toLowerCase().split(/\s+/).some((w) => w.startsWith(begun)) || n.toLowerCase().startsWith(begun))];
  const once = [...new Set(fits)].filter((v) => v.toLowerCase() !== begun);
  return make(once.map((v) => ({ label: v, insert: `${sign}${name}:${quoted(v)}` })));
}
