/** Parts a draft into sentences. */
import type { Sentence, Text } from "./mark";

/** A full stop behind these ends no sentence. */
const SHORT = /(?:^|[\s(])(?:dr|mr|mrs|ms|st|no|nr|e\.g|i\.e|etc|approx|vs)\.$/i;
const END = /[.!?…]+["”')\]]*(?=\s|$)|\n+/g;

/** Ready for the rules. paused counts the last sentence as finished, whatever it ends with. */
export function parse(all: string, paused = false): Text {
  const plain = all.replaceAll("’", "'");
  const sentences: Sentence[] = [];
  let from = 0;
  const push = (to: number) => {
    const text = plain.slice(from, to);
    const start = from + text.length - text.trimStart().length;
    if (start < to) sentences.push({ from: start, to, text: plain.slice(start, to).trimEnd() });
    from = to;
  };
  for (const m of plain.matchAll(END)) {
    const to = m.index + m[0].length;
    if (m[0] === "." && SHORT.test(plain.slice(Math.max(from, to - 8), to))) continue;
    push(to);
  }
  push(plain.length);
  return { all, plain, sentences, finished: paused || /[.!?…]["”')\]]*\s*$|\n\s*$/.test(plain) };
}

/** "we" at the beginning of a sentence is "We". */
export function upper(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}

/** The new words begin as the old ones did: with a capital letter or without. */
export function alike(old: string, text: string): string {
  return /^\p{Lu}/u.test(old) ? upper(text) : text;
}

/** Does a sentence begin here? */
export function startsSentence(text: Text, at: number): boolean {
  return text.sentences.some((s) => s.from === at);
}

/** A word as a pattern that finds just it. */
export function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
