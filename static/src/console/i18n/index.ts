/** Words on screen: every string comes from a catalogue, by a key that the build checks. */
import en from "./en.json";
import type absence from "./absence.json";
import type agreement from "./agreement.json";
import type audit from "./audit.json";
import type authority from "./authority.json";
import type closing from "./closing.json";
import type complaint from "./complaint.json";
import type commands from "./commands.json";
import type consult from "./consult.json";
import type copies from "./copies.json";
import type delay from "./delay.json";
import type handing from "./handing.json";
import type handover from "./handover.json";
import type handovers from "./handovers.json";
import type board from "./board.json";
import type entry from "./entry.json";
import type imports from "./imports.json";
import type figures from "./figures.json";
import type files from "./files.json";
import type find from "./find.json";
import type hours from "./hours.json";
import type identity from "./identity.json";
import type inviting from "./inviting.json";
import type guide from "./guide.json";
import type marks from "./marks.json";
import type matters from "./matters.json";
import type offer from "./offer.json";
import type order from "./order.json";
import type oversee from "./oversee.json";
import type oversight from "./oversight.json";
import type pages from "./pages.json";
import type privacy from "./privacy.json";
import type inPublic from "./public.json";
import type quick from "./quick.json";
import type reach from "./reach.json";
import type report from "./report.json";
import type retention from "./retention.json";
import type routing from "./routing.json";
import type same from "./same.json";
import type split from "./split.json";
import type unite from "./unite.json";
import type second from "./second.json";
import type sensitive from "./sensitive.json";
import type site from "./site.json";
import type start from "./start.json";
import type status from "./status.json";
import type team from "./team.json";
import type visitors from "./visitors.json";
import type webhooks from "./webhooks.json";

export type Key = keyof typeof en | keyof typeof privacy | keyof typeof order | keyof typeof guide | keyof typeof pages | keyof typeof marks | keyof typeof matters | keyof typeof absence | keyof typeof agreement | keyof typeof closing | keyof typeof complaint | keyof typeof audit | keyof typeof authority | keyof typeof commands | keyof typeof delay | keyof typeof quick | keyof typeof site | keyof typeof figures | keyof typeof files | keyof typeof start | keyof typeof status | keyof typeof routing | keyof typeof team | keyof typeof report | keyof typeof retention | keyof typeof same | keyof typeof unite | keyof typeof split | keyof typeof sensitive | keyof typeof second | keyof typeof find | keyof typeof hours | keyof typeof identity | keyof typeof inviting | keyof typeof offer | keyof typeof reach | keyof typeof handover | keyof typeof handovers | keyof typeof handing | keyof typeof board | keyof typeof visitors | keyof typeof consult | keyof typeof copies | keyof typeof oversee | keyof typeof oversight | keyof typeof inPublic | keyof typeof entry | keyof typeof imports | keyof typeof webhooks;

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
type Catalogue = Record<string, string | Plural>;

/** English as far as it has been fetched: what the first screen says, then each part's own words. */
let catalogue: Catalogue = en;
const plurals = new Intl.PluralRules("en");

/** The language in use, for Intl; with the region of the browser where it speaks the same language. */
export function locale(): string {
  const here = navigator.language;
  return here.split("-")[0] === "en" ? here : "en";
}

/** Takes the words that a part brings along which is fetched when it is first shown. */
export function learn(words: Catalogue): void {
  catalogue = { ...catalogue, ...words };
}

/** The text of a key with {name} filled from vars; vars.n chooses the plural form. */
export function t(key: Key, vars: Record<string, string | number> = {}): string {
  const entry = catalogue[key] ?? key;
  const text =
    typeof entry === "string" ? entry : (entry[plurals.select(Number(vars["n"] ?? 0))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in vars ? String(vars[name]) : whole));
}
