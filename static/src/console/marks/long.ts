/** A sentence that one has to read twice. */
import { replace, rewrite, type Mark, type Rule, type Sentence } from "./mark";
import { upper } from "./text";

/** Words in a sentence: above the first it is long, above the second it is if it winds as well. */
const LONG = 40;
const WINDING = 30;
/** Turns that make a sentence winding. */
const TURNS = 4;

const TURN = /[,;]|\b(?:and|but|because|which|so|since|although|though|while|if|unless|where)\b/gi;
const CUT = /(?:,|;)\s+(and|but|so)\s+(?=(?:i|we|you|it|they|he|she|the|this|that|there|your|our|if|please|in|on|at|then|since|when|as|to|for|with|after|before)\b)|;\s+/gi;

export const long: Rule = ({ sentences }) => sentences.filter(isLong).map((s) => inTwo(s) ?? rewrite("long", s.from, s.to));

function isLong({ text }: Sentence): boolean {
  const words = text.split(/\s+/).length;
  if (words > LONG) return true;
  return words > WINDING && (text.match(TURN)?.length ?? 0) >= TURNS;
}

/** Offers a full stop at the joint nearest to the middle. */
function inTwo(s: Sentence): Mark | null {
  const joints = [...s.text.matchAll(CUT)];
  const middle = s.text.length / 2;
  const joint = joints.sort((a, b) => Math.abs(a.index - middle) - Math.abs(b.index - middle))[0];
  if (!joint) return null;
  const from = s.from + joint.index;
  const at = joint.index + joint[0].length;
  const next = s.text.slice(at).match(/^[\p{L}']+/u)?.[0] ?? "";
  const word = joint[1] && joint[1].toLowerCase() !== "and" ? `${upper(joint[1].toLowerCase())} ${next}` : upper(next);
  const mark = replace("long", from, s.from + at + next.length, `. ${word}`);
  return { ...mark, from: s.from, to: s.from + s.text.length };
}
