/** Capitals and signs that raise the voice. */
import { replace, type Mark, type Rule, type Text } from "./mark";
import { startsSentence, upper } from "./text";

const SIGNS = /[!?]{2,}/g;
/** A run of words in capitals. */
const CAPITALS = /(?<![\p{L}\p{N}_-])\p{Lu}{2,}(?:'\p{Lu}+)?(?:\s+\p{Lu}+(?:'\p{Lu}+)?)*(?![\p{L}\p{N}_-])/gu;

const set = (words: string) => new Set(words.split(" "));
/** Words that stand in capitals only to be loud. */
const LOUD = set("NOT NEVER MUST ALWAYS PLEASE NOW IMMEDIATELY STOP HELLO ONLY ALL VERY EVERY ANY DON'T CAN'T WON'T DOESN'T WRONG READ URGENT URGENTLY HERE AGAIN BEFORE AFTER TODAY FREE NOTHING EVERYTHING SORRY THANK THANKS REALLY ABSOLUTELY EXACTLY IMPORTANT WARNING LAST FIRST BEST WORST CANNOT");
/** Ordinary words: in a run of capitals they show that it is no name or sign. */
const ORDINARY = set("THE A AN AND OR TO OF IN ON OFF AT IS ARE WAS DO DOES BE HAVE HAS IT THIS THAT YOU YOUR WE OUR I MY ONE TWO FOR WITH WITHOUT INCLUDED OPEN CLOSED SEND WRITE CALL WAIT DAY SINGLE TIME MORE NO YES WHY WHAT WHEN HOW");
/** A button or a label is called by what is written on it. */
const CALLED = /(?:\b(?:press|click|tap|hit|choose|select|button|key|called|says|reads|labelled|marked|code|option|menu|named|word)\s+["“'(]?|["“'(])$/i;

export const shouting: Rule = (text) => [
  ...[...text.plain.matchAll(SIGNS)].filter((m) => m[0].includes("!")).map((m) => replace("shouting", m.index, m.index + m[0].length, m[0].includes("?") ? "?" : "!")),
  ...[...text.plain.matchAll(CAPITALS)].filter((m) => isLoud(text, m)).map((m) => lowered(text, m)),
];

function isLoud(text: Text, m: RegExpExecArray): boolean {
  if (CALLED.test(text.plain.slice(Math.max(0, m.index - 16), m.index))) return false;
  const words = m[0].split(/\s+/);
  if (words.length === 1) return LOUD.has(words[0]!);
  const known = words.filter((w) => LOUD.has(w) || ORDINARY.has(w)).length;
  return known * 2 >= words.length && words.some((w) => w.length > 2);
}

function lowered(text: Text, m: RegExpExecArray): Mark {
  const low = m[0].toLocaleLowerCase().replace(/\bi\b/g, "I");
  return replace("shouting", m.index, m.index + m[0].length, startsSentence(text, m.index) ? upper(low) : low);
}
