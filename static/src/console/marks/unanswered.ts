/**
 * A question of the customer's that the reply passes over. Only questions that want something to be
 * seen in the answer (a time, a number, an address) can be judged, and a second question whose words
 * are nowhere in a short reply.
 */
import type { Mark, Rule } from "./mark";

/** Too short to be more than a greeting, in UTF-16 units. */
const GREETING = 25;

const NUMBER = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|dozen|couple|few|both|none|no limit|unlimited|as (?:many|long|much|often) as)\b/i;
const TIME = /\b(?:today|tonight|tomorrow|yesterday|now|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|weekdays?|noon|midnight|morning|afternoon|evening|night|soon|later|after|before|until|once|right away|immediately|january|february|march|april|june|july|august|september|october|november|december|in may|spring|summer|autumn|winter|next|last|minutes?|hours?|days?|weeks?|months?|years?|around the clock|every)\b/i;
const PRICE = /\b(?:free|nothing|no (?:charge|fee|cost)|included|costs?|price|cheaper|dearer|euros?|pounds?|dollars?)\b|[€£$]/i;
const SIZE = /\b(?:tall|high|wide|deep|long|short|small|big|large|far|near|heavy|light|metres?|meters?|kilometres?|miles?|kilos?|inch(?:es)?|cm|km|kg|knee|shoulder|very|quite|not)\b/i;

/** What an answer to such a question shows, first that fits. */
const WANTED: readonly (readonly [RegExp, readonly RegExp[]])[] = [
  [/\b(?:how much|what (?:does|do|would|will|is|are|'s)[^?]*\b(?:costs?|price|fee|charge))\b/i, [NUMBER, PRICE]],
  [/\bhow (?:many|long)\b/i, [NUMBER, TIME]],
  [/\bhow (?:tall|big|far|old|heavy|wide|high|deep|large|fast|often)\b/i, [NUMBER, SIZE, TIME]],
  [/\b(?:when|what time|which day|what date|how soon|how late)\b/i, [NUMBER, TIME]],
  [/\bwhat(?:'s| is) (?:your|the) (?:phone |telephone |mobile )?number\b/i, [/\d/]],
  [/\bwhat(?:'s| is) (?:your|the) e-?mail\b/i, [/@/]],
];
/** The reply puts it off or asks back. */
const LATER = /\?|\b(?:check|ask|find out|look (?:into|up|at|for)|let me|get back|come back to you|one moment|a moment|don't know|do not know|not sure|depends|not yet|can't say|cannot say|no idea)\b/i;

export const unanswered: Rule = ({ plain, sentences, finished }, { questions = [] }) => {
  if (!finished || plain.trim().length < GREETING || LATER.test(plain)) return [];
  const open = questions.filter((q) => isOpen(q, plain) || (questions.length > 1 && sentences.length === 1 && isPassedOver(q, plain)));
  return open.map((question) => ({ kind: "unanswered", from: plain.length, to: plain.length, about: question, way: goOn(plain) }));
};

const goOn = (plain: string): Mark["way"] => ({ do: "add", at: plain.trimEnd().length, text: " " });

function isOpen(question: string, reply: string): boolean {
  const wanted = WANTED.find(([asks]) => asks.test(question));
  return !!wanted && !wanted[1].some((shows) => shows.test(reply));
}

const SMALL = new Set("about after also another because before been being come could does doing done each from give given have having here into just know like make many more most much need only other over please should some such take than thank thanks that their them then there these they thing this those very want well were what when where which while will with would your yours".split(" "));

/** The first five letters of each word that carries meaning: "delivery" and "delivers" are one. */
function stems(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.filter((w) => !SMALL.has(w)).map((w) => w.slice(0, 5)));
}

/** Nothing the question is about comes up, and it has no answer of the kind yes or no. */
function isPassedOver(question: string, reply: string): boolean {
  const asked = stems(question);
  const said = stems(reply);
  if (asked.size === 0 || WANTED.some(([asks]) => asks.test(question))) return false;
  return /\bhave to|\bneed\b|\bmust\b|^(?:can|could|may|is|are|do|does)\b/i.test(question) && ![...asked].some((w) => said.has(w)) && !/\b(?:yes|no|both|all|also|too|and)\b/i.test(reply);
}
