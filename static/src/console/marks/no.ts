/** A refusal that leaves the customer standing: nothing else in the reply says what is possible. */
import type { Mark, Rule } from "./mark";

const REFUSALS = [
  /\b(?:we|i) (?:can't|cannot|can not|are unable to|am unable to|are not able to|am not able to)\s+(?!wait\b|thank|see\b|hear\b|imagine|find\b|tell you how|stress)/i,
  /\b(?:we're|i'm) (?:unable|not able|not allowed) to\b/i,
  /\b(?:we|i) (?:don't|do not|no longer) (?:sell|offer|support|take|accept|deliver|ship|have (?:that|it|this|any)|stock|provide|allow|give|open|repair|carry|make)\b/i,
  /\b(?:can't|cannot|can not) be (?!sure|certain|happier|too)\w+/i,
  /\b(?:is|are|was) (?:no longer|not) (?:possible|available|allowed|permitted|in stock|covered)\b|\b(?:isn't|aren't|that's not|it's not) (?:possible|available|allowed|permitted|covered)\b|\bimpossible\b/i,
  /\btoo late to\b|\b(?:sold out|fully booked|out of stock)\b/i,
  /\bthere (?:is|are) no (?!need|charge|fee|rush|hurry|limit|problem|harm|cost|extra|hidden|doubt|risk|danger)[\w\s]{2,30}(?:left|available|in your|this week|today|free)\b/i,
  /^no, (?:we (?:can't|don't|won't)|not (?:on|at|in|for|before|with)\b(?! all)|sorry|unfortunately|i'm afraid)/i,
];
/** In the refusal itself: it goes on to what is possible, or says from when on. */
const GOES_ON = /[;:]|[–—]|\?|\b(?:but|instead|however|though|although|unless|until|till|except|without|before|so (?:just|please|let|we|you|i)|rather|only (?:by|in|on|at))\b/i;
/** Sentences that are kind and offer nothing. */
const KIND = /^(?:(?:we are|we're|i am|i'm|i'm so|so|very|really) )?(?:really |so |very |truly )?(?:sorry|thank|thanks|unfortunately|hope|i hope|have a|wish|kind|best|regards|hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|please understand|i understand|our team wishes|take care|bye|goodbye|apolog|i apolog|we apolog)/i;

export const no: Rule = ({ sentences, finished }) => {
  if (!finished) return [];
  const refusals = sentences.filter((s) => REFUSALS.some((r) => r.test(s.text)));
  const rest = sentences.filter((s) => !refusals.includes(s) && !KIND.test(s.text));
  if (refusals.length === 0 || rest.length > 0 || refusals.some((s) => GOES_ON.test(s.text))) return [];
  const last = sentences.at(-1)!;
  const at = last.from + last.text.length;
  const way: Mark["way"] = { do: "add", at, text: " What I can do is " };
  return [{ kind: "no", from: refusals[0]!.from, to: refusals[0]!.from + refusals[0]!.text.length, about: "", way }];
};
