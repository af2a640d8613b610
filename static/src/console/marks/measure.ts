/** How well the rules do on replies that people labelled. */
import { KINDS, type Context, type MarkKind } from "./mark";
import { read } from "./read";

/** A reply with the marks that belong there: kind and the words it is about, "" for the whole reply. */
export interface Labelled {
  /** Rules are written with "tune" in view; "held" is only measured. */
  half: "tune" | "held";
  trade: string;
  text: string;
  marks: [MarkKind, string][];
  context?: Context;
}

export interface Score {
  kind: MarkKind;
  /** Marks made; of them, right ones. */
  made: number;
  right: number;
  /** Labels; of them, found ones. */
  labels: number;
  found: number;
  /** What was marked wrongly, and what was missed, for whoever tunes. */
  wrong: string[];
  missed: string[];
}

export const precision = (s: Score) => (s.made ? s.right / s.made : 1);
export const recall = (s: Score) => (s.labels ? s.found / s.labels : 1);

/** A mark is right if it lies on the words of a label of its kind. */
export function measure(set: readonly Labelled[]): Score[] {
  const scores = new Map(KINDS.map((kind) => [kind, { kind, made: 0, right: 0, labels: 0, found: 0, wrong: [], missed: [] } as Score]));
  for (const reply of set) score(reply, scores);
  return [...scores.values()];
}

function score({ text, marks, context }: Labelled, scores: ReadonlyMap<MarkKind, Score>): void {
  const made = read(text, { ...context, paused: true });
  const labels = marks.map(([kind, words]) => ({ kind, from: words ? text.indexOf(words) : 0, to: words ? text.indexOf(words) + words.length : text.length }));
  const meets = (a: { kind: string; from: number; to: number }, b: typeof a) => a.kind === b.kind && a.from <= b.to && a.to >= b.from;
  for (const mark of made) {
    const s = scores.get(mark.kind)!;
    s.made++;
    if (labels.some((l) => meets(mark, l))) s.right++;
    else s.wrong.push(text);
  }
  for (const label of labels) {
    const s = scores.get(label.kind)!;
    s.labels++;
    if (made.some((m) => meets(m, label))) s.found++;
    else s.missed.push(text);
  }
}
