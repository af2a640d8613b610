/** Words of the trade and of the office that a customer would not use. */
import { replace, rewrite, type Context, type Rule } from "./mark";
import { alike, escaped } from "./text";

/** What every office says, and how it reads at home; "" where there is no one word for it. */
const OFFICE: readonly (readonly [string, string])[] = [
  ["as per", "as in"], ["prior to", "before"], ["pursuant to", "under"], ["in the event that", "if"], ["please be advised that", ""],
  ["utilise", "use"], ["utilize", "use"], ["leverage", "use"], ["commence", "start"], ["remit", "pay"], ["herewith", "here"], ["henceforth", "from now on"],
  ["in accordance with", "as in"], ["with regard to", "about"], ["with respect to", "about"], ["at your earliest convenience", "when it suits you"],
  ["revert with", "write back with"], ["revert back", "write back"], ["aforementioned", "this"], ["hereby", ""],
  ["sku", "item number"], ["skus", "item numbers"], ["rma", "return"], ["eta", "expected time"], ["eod", "the end of the day"], ["sla", "agreed time"], ["tat", "time it takes"],
  ["cpe", "box"], ["erp", "system"], ["crm", "system"], ["kyc", "identity check"], ["sop", "usual way"], ["po", "order form"], ["moq", "smallest order"], ["poc", "person to ask"],
  ["tier 1", ""], ["tier 2", ""], ["tier 3", ""], ["second level", ""], ["l2 support", ""], ["backlog", "list"], ["known issue", "fault that we know"], ["triage", "first check"],
  ["triage queue", "line for the first check"], ["pre-op", "before the operation"], ["post-op", "after the operation"], ["protocol", "plan"], ["firmware", "software of the device"],
  ["fulfilment centre", "warehouse"], ["fulfillment center", "warehouse"], ["on back order", "ordered, not here yet"], ["backorder", "order that waits"], ["vendor", "maker"], ["end user", "you"],
  ["provision", "set up"], ["provisioned", "set up"], ["deprovision", "take away"], ["onboarding", "start"], ["synergy", ""], ["touchpoint", ""], ["use case", "need"],
  ["knowledge base article", "help page"], ["kb article", "help page"],
];

/** Words that are plain enough where they stand in these phrases. */
const PLAIN = /\b(?:po box|the protocol of|fire protocol)\b/i;

export const jargon: Rule = ({ plain }, context) => {
  if (PLAIN.test(plain)) return [];
  const words = dictionary(context);
  const heard = context.heard?.toLowerCase() ?? "";
  return [...plain.matchAll(words.pattern)].flatMap((m) => {
    const found = m[0];
    const better = words.plain.get(found.toLowerCase()) ?? "";
    if (heard.includes(found.toLowerCase())) return [];
    const to = m.index + found.length;
    return [better ? replace("jargon", m.index, to, alike(isSign(found) ? "" : found, better), better) : rewrite("jargon", m.index, to)];
  });
};

/** "SKU" is written in capitals wherever it stands. */
const isSign = (word: string) => word === word.toUpperCase();

interface Dictionary {
  pattern: RegExp;
  plain: ReadonlyMap<string, string>;
}
const made = new WeakMap<object, Dictionary>();
const NONE: NonNullable<Context["jargon"]> = [];

/** Built once for each list of a site. */
function dictionary({ jargon: own = NONE }: Context): Dictionary {
  let found = made.get(own);
  if (!found) {
    const plain = new Map([...OFFICE, ...own.map((j) => [j.word.toLowerCase(), j.plain] as const)]);
    const words = [...plain.keys()].sort((a, b) => b.length - a.length).map(escaped);
    found = { plain, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu") };
    made.set(own, found);
  }
  return found;
}
