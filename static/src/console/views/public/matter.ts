/** Whether words touch what belongs to one customer alone. Pure. */

export type PrivateMatter = "account" | "order" | "billing";

/** Phrases in which the words below mean something else. */
const ELSE = /\b(?:in order (?:to|that)|(?:on|take|takes|taking|taken) (?:in(?:to)? )?account(?: of)?|out of order|of no account)\b/gi;
const WHOSE = "(?:your|my|the|this|that|our|her|his|their)";

/** What is said of payments comes before orders, and orders before accounts: the narrowest first. */
const SIGNS: readonly (readonly [PrivateMatter, RegExp])[] = [
  ["billing", /\b(?:invoices?|refund(?:ed|s)?|credit ?cards?|debit cards?|card numbers?|iban|bank (?:account|details|transfer)|payments?|charged|billing|receipts?|direct debit|paypal)\b/i],
  ["order", new RegExp(`\\b(?:${WHOSE} (?:last |latest |recent |new )?orders?|order (?:number|no\\.?|id)|orders? #?\\d{3,}|tracking (?:number|code)|delivery address|shipping address)\\b`, "i")],
  ["account", new RegExp(`\\b(?:${WHOSE} accounts?|account (?:number|name)|passwords?|log ?in details|user ?names?|date of birth|phone number|e-?mail address|customer number)\\b|[\\w.+-]+@[\\w-]+\\.\\w{2,}`, "i")],
];

/** What such words are about; null for nothing of the kind. */
export function privateMatter(text: string): PrivateMatter | null {
  const plain = text.replace(ELSE, " ");
  return SIGNS.find(([, sign]) => sign.test(plain))?.[0] ?? null;
}

/** Words that offer to go on where nobody reads along. */
const ELSEWHERE = /\bin private\b|\bprivate(?:ly| message| chat)\b|\bdirect message\b/i;

/** What a reply in public touches: by its own words, or by the customer's, unless it asks to go on in private. */
export function touches(draft: string, heard: string): PrivateMatter | null {
  if (!draft.trim()) return null;
  return privateMatter(draft) ?? (ELSEWHERE.test(draft) ? null : privateMatter(heard));
}
