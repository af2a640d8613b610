/** A guess told as a fact: certain words about what nobody here can know. */
import { replace, rewrite, type Rule, type Sentence } from "./mark";
import { alike } from "./text";

/** What somebody outside of this conversation does or is: "it will", "the frost is", "your bank has". */
const OTHERS = /\b(?:it|this|that|they|he|she|there|(?:the|your|a|an) (?:[\p{L}-]+ ){0,2}[\p{L}-]+)(?:'s|'ll| will| is| are| has| have| was| were| must| can only)(?:n't)?\b/iu;
/** Words that can be said softer where they stand. */
const SURE = /\b(?:definitely|certainly|surely|undoubtedly|without (?:a|any) doubt|100 ?%|for sure)(?! (?:i|we|you)\b)/gi;
/** "You can definitely", "we'll certainly": that is for us to say. */
const OURS = /\b(?:i|we|you)(?:'ll|'re|'ve|'m)?(?: (?:can|could|may|will|would|are|am|have|should|do))?\s*$/i;
/** What is counted is no guess: "100 % cotton". */
const COUNTED = /^100 ?%$/;
const CLAIM = /^ ?(?:sure|certain|safe|fix|work|help|be|solve|arrive|the (?:courier|carrier|cause)|your)/i;

/** Whole phrases, each with what softens its beginning, or nothing. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:it|that|this) must be (?=(?:the|your|a|an|some|because|his|her|their|our)\b)/gi, "it may be "],
  [/\byou must have (?!been|had|felt|a\b|an\b|the\b|your\b|at\b|one|two|some|access|both|patience)(?=\w+)/gi, "you may have "],
  [/\b(?:it|that|this) can only be (?!(?:\w+ed|seen|sent|paid|done|made|taken|given|bought|sold|worn|put|read|had|reached)\b)/gi, "it may be "],
  [/\bobviously,? (?=(?:the|it|this|that|they|he|she)\b)|(?<=\b(?:it's|it is|that's|that is|this is) )obviously (?=\w)/gi, "probably "],
  [/\bthere(?:'s| is) no way (?:that )?(?=it|this|that|the|they|he|she)/gi, ""],
  [/\b(?:i|we) (?:can )?guarantee (?:you )?(?:that )?(?=it|this|that|the|they|he|she|there|your)/gi, ""],
  [/(?:, |\b)(?:guaranteed|without fail|no doubt about it|that's (?:certain|for sure)|i promise|i'm (?:positive|certain|sure)|i am (?:positive|certain|sure))(?=[.!]?$)/gi, ""],
  [/\bi(?:'m| am) (?:absolutely |quite |very )?(?:sure|certain|positive) (?:that )?(?=(?:it|it's|the|they|there|this)\b)/gi, "I think "],
  [/\b(?:it|this|that|(?:the|this|that|our) [\p{L}-]+) (?:never|always) (?:rains|breaks|fails|happens|works|arrives|crashes|comes|loses|stops|goes)\b/giu, ""],
  [/\b(?:everybody|everyone|nobody|no one) (?:loves|likes|wants|hates|complains|returns|regrets)\b/gi, ""],
  [/\byou won't (?:feel|notice) (?:a thing|anything)\b/gi, ""],
];

export const guess: Rule = ({ sentences }) => sentences.flatMap((s) => [...sure(s), ...phrases(s)]);

function sure(s: Sentence) {
  return [...s.text.matchAll(SURE)].filter((m) => isGuess(s.text, m)).map((m) => {
    const from = s.from + m.index;
    return replace("guess", from, from + m[0].length, alike(m[0], "probably"));
  });
}

function isGuess(text: string, m: RegExpExecArray): boolean {
  const before = text.slice(0, m.index);
  const after = text.slice(m.index + m[0].length);
  if (!OTHERS.test(text) || OURS.test(before)) return false;
  return !COUNTED.test(m[0]) || CLAIM.test(after);
}

function phrases(s: Sentence) {
  return PHRASES.flatMap(([pattern, softer]) =>
    [...s.text.matchAll(pattern)].map((m) => {
      const from = s.from + m.index;
      const to = from + m[0].length;
      return softer ? replace("guess", from, to, alike(m[0], softer), softer.trim()) : rewrite("guess", from, to);
    }),
  );
}
