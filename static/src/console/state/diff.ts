/** What was changed between two texts, word by word. */

export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

/** Words with the space behind them, so that joined again they are the text. */
const words = (text: string) => text.match(/\S+\s*|\s+/g) ?? [];

/** Longest texts compared word by word; beyond it the whole counts as rewritten. */
const MOST = 1_500;

/** The pieces of both texts in order, what is gone before what is new; joined without the new (or the gone) they are before (or after). */
export function diff(before: string, after: string): Piece[] {
  const a = words(before);
  const b = words(after);
  if (a.length > MOST || b.length > MOST) return joined([piece("gone", before), piece("new", after)]);
  const common = lengths(a, b);
  const out: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(piece("same", a[i]!));
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) out.push(piece("gone", a[i++]!));
    else out.push(piece("new", b[j++]!));
  }
  return joined(out);
}

const piece = (kind: Piece["kind"], text: string): Piece => ({ kind, text });

/** How many words are common to what follows i in a and j in b. */
function lengths(a: string[], b: string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) rows[i]![j] = a[i] === b[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
  }
  return rows;
}

/** Neighbours of one kind become one; between two that stayed, what is gone comes before what is new. */
function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  let gone = "";
  let fresh = "";
  const settle = () => {
    if (gone) out.push(piece("gone", gone));
    if (fresh) out.push(piece("new", fresh));
    gone = fresh = "";
  };
  for (const p of pieces) {
    if (p.kind === "gone") gone += p.text;
    else if (p.kind === "new") fresh += p.text;
    else {
      settle();
      const last = out.at(-1);
      if (last?.kind === "same") last.text += p.text;
      else out.push({ ...p });
    }
  }
  settle();
  return out;
}
