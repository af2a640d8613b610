import type english from "../i18n/en.json";

type All = typeof english;
type Inside = Exclude<keyof All, `launcher.${string}`>;
/** Keys with one text, and keys with a text per plural category. */
export type Key = { [K in Inside]: All[K] extends string ? K : never }[Inside];
export type PluralKey = { [K in Inside]: All[K] extends string ? never : K }[Inside];
export type Values = Record<string, string | number>;

type Catalogue = Record<string, string | Record<string, string>>;

let catalogue: Catalogue = {};
let rules = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");
/** What stands around names in right-to-left texts, so that neither turns the other around. */
let isolate = ["", ""];

/** Takes the words of the page's language; the page carries them. */
export function learn(words: Catalogue, locale: string, rtl = false): void {
  catalogue = words;
  isolate = rtl ? ["\u2068", "\u2069"] : ["", ""];
  rules = new Intl.PluralRules(locale);
  numbers = new Intl.NumberFormat(locale);
}

let later: Promise<void> | null = null;

/** Fetches the words of the parts that come later, once; the page says where they are. Rejects when they cannot be had now. */
export function learnMore(): Promise<void> {
  return (later ??= fetchMore().catch((error: unknown) => {
    later = null;
    throw error;
  }));
}

async function fetchMore(): Promise<void> {
  const answer = await fetch(document.documentElement.dataset["later"]!);
  if (!answer.ok) throw new Error(answer.statusText);
  catalogue = { ...catalogue, ...(await answer.json() as Catalogue) };
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? numbers.format(value) : isolate.join(value);
  });
}

/** The text of a key, with {names} filled in. */
export function t(key: Key, values: Values = {}): string {
  return fill(catalogue[key] as string, values);
}

/** The text of a key for this many; {count} is the number in the language's digits. */
export function plural(key: PluralKey, count: number, values: Values = {}): string {
  const forms = catalogue[key] as Record<string, string>;
  return fill(forms[rules.select(count)] ?? forms["other"]!, { count, ...values });
}
