/** "I'll get back to you": somebody counts on it from now on, and no promise holds it yet. */
import { rewrite, type Mark, type Rule, type Sentence } from "./mark";

const WILL = "(?:'ll|'m going to|'re going to| will| am going to| are going to| is going to)";
const SOON = "(?: (?:gladly|personally|also|then|certainly|definitely|be sure to|make sure to|try to))?";
const OURS = "get back|come back to you|be in touch|let you know|call|ring|phone|write (?:to )?you|write to|e-?mail|text you|send|check|ask|find out|look into|follow up|keep you|update you|arrange|refund|speak|talk to|pass (?:it|this|that) on|drop|reserve|book|replace|repair|fix|contact|confirm|have (?:it|them) (?:ready|done|fixed)|deliver|ship|organi[sz]e|prepare|see to it|take care of|transfer|credit|return|make sure|inform";
const THEIRS = "call|ring|phone|contact|write|e-?mail|be in touch|get back|visit|come and|inform|let you know";
const COMMITMENT = new RegExp(
  `\\b(?:i|we)${WILL}${SOON} (?:${OURS})\\b|\\b(?:someone|somebody|(?:the|a|an|our|my) [\\p{L}-]+)${WILL}${SOON} (?:${THEIRS})\\b|\\byou(?:'ll| will) hear from (?:us|me)\\b`,
  "iu",
);
/** Done while they wait, or only if they do something first, or a wish. */
const NOT_YET = /\b(?:now|one moment|a moment|one second|a second|a minute|right away|straight away|just a|never|while you wait)\b|^(?:if|once|when|as soon as)\b|\bif (?:you|it|that)\b|\bsend you (?:my|our)\b/i;
/** It says by when. */
const WHEN = /\b(?:today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|midnight|morning|afternoon|evening|within|by \w+|at \w+|in (?:a|an|one|two|three|half|\d+)|next|this (?:week|month)|as soon as|when)\b|\d/i;

export const promise: Rule = ({ sentences }, { promised }) => (promised ? [] : sentences.flatMap(commitment));

function commitment(s: Sentence): Mark[] {
  const m = COMMITMENT.exec(s.text);
  if (!m || NOT_YET.test(s.text) || s.text.endsWith("?")) return [];
  const mark = rewrite("promise", s.from + m.index, s.from + m.index + m[0].length);
  if (WHEN.test(s.text)) return [{ ...mark, way: { do: "promise" } }];
  const at = s.from + s.text.replace(/[.!…]+$/, "").length;
  return [{ ...mark, way: { do: "add", at, text: " by " } }];
}
