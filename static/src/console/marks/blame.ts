/** Words that point at the customer. */
import { replace, rewrite, type Rule } from "./mark";
import { startsSentence, upper } from "./text";

/** "As I already told you," can simply go. */
const TOLD = /\b(?:as|like) (?:i|we)(?:'ve| have)? (?:already )?(?:said|told you|mentioned|explained|wrote|written)(?: (?:before|above|earlier|already))?,?\s?|\bas (?:already )?(?:stated|mentioned|explained|said) (?:above|before|already|earlier|in my (?:previous|last|earlier) \w+),?\s?/gi;

const ADVERB = "(?:clearly |obviously |simply |just |again )?";
const POINTING = new RegExp(
  [
    "you should(?:'ve| have) (?!received|got|gotten|had|been|a\\b|an\\b|the\\b|your\\b|access|seen|heard|arrived)\\w+",
    `you ${ADVERB}(?:failed to|forgot|neglected|refused to|ignored|misunderstood|misread|broke|damaged|caused)`,
    "you (?:were|are) supposed to",
    "you must have (?!been|had|felt|a\\b|an\\b|the\\b|your\\b|at\\b|one|two|some|access|both|patience)\\w+",
    "you (?:didn't|did not|never) (?:bother|read|answer(?:ed)?|confirm(?:ed)?|call(?:ed)?|pay|paid|tell|told|fill(?:ed)?|repl(?:y|ied)|respond(?:ed)?|follow(?:ed)?|listen(?:ed)?|check(?:ed)?|bring|brought|cancel(?:led)?|mention(?:ed)?|inform(?:ed)?|pay attention)",
    "why (?:didn't|did) you(?: not)?",
    "you (?:entered|gave|gave us|booked|chose|ordered|typed|sent|sent us|used|put in|picked|clicked|selected) the wrong",
    "you (?:came|called|wrote|ordered|cancelled|paid) too late",
    "if you had (?:only |just )?(?:read|checked|looked|listened|asked|told|called|followed|waited)",
    "your own (?:fault|mistake|error|problem)|(?:that's|that is|this is|it's|it is) your (?:fault|mistake|error|problem)",
  ].map((p) => `\\b(?:${p})\\b`).join("|"),
  "gi",
);
/** In front of it, these make it a possibility or a question instead of a reproach. */
const OPEN = /\b(?:if|in case|should|when|whether|did|have|maybe|perhaps|unless|once|not|n't|never)\s*(?:that\s+)?$/i;

export const blame: Rule = (text) => {
  const told = [...text.plain.matchAll(TOLD)].map((m) => {
    const to = m.index + m[0].length;
    const next = text.plain.slice(to).match(/^[\p{L}']+/u)?.[0] ?? "";
    const way = startsSentence(text, m.index) ? upper(next) : next;
    return { ...replace("blame", m.index, to, ""), way: { do: "replace" as const, from: m.index, to: to + next.length, text: way } };
  });
  const pointing = [...text.plain.matchAll(POINTING)]
    .filter((m) => !OPEN.test(text.plain.slice(Math.max(0, m.index - 24), m.index)))
    .map((m) => rewrite("blame", m.index, m.index + m[0].length));
  return [...told, ...pointing];
};
