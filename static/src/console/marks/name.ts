/** Another customer's name: a reply that was meant for somebody else. */
import { replace, rewrite, type Context, type Mark, type Rule, type Text } from "./mark";
import { escaped } from "./text";

/** In front of a name, these speak to its bearer. */
const TO = "(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|thank you|thanks|many thanks|sorry|welcome|welcome back|bye|goodbye)";

export const name: Rule = (text, context) => {
  const own = words(context.customer ?? "");
  return (context.others ?? []).flatMap((other) => found(text, other, own, context));
};

function found(text: Text, other: string, own: readonly string[], context: Context): Mark[] {
  const names = words(other);
  const first = names[0] ?? "";
  if (first.length < 2 || own.includes(first)) return [];
  const whole = names.length > 1 ? places(text, escaped(names.join(" ")), "iu") : [];
  const spoken = places(text, `(?<=(?:^|[.!?\\n] ?)${TO},? )${escaped(first)}|(?<=[\\p{L}\\d], )${escaped(first)}(?=[.!?]?\\s?$|[.!?]\\s)`, "iu");
  const mine = (context.customer ?? "").split(/\s+/)[0] ?? "";
  return [...whole, ...spoken.filter((s) => !whole.some((w) => w.from === s.from))]
    .filter((p) => /^\p{Lu}|^[^\p{Ll}]/u.test(text.plain.slice(p.from)))
    .map((p) => (mine ? replace("name", p.from, p.to, mine, other) : rewrite("name", p.from, p.to, other)));
}

const words = (full: string) => full.toLocaleLowerCase().split(/\s+/).filter(Boolean);

function places({ plain }: Text, pattern: string, flags: string): { from: number; to: number }[] {
  const bounded = new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, `g${flags}`);
  return [...plain.matchAll(bounded)].map((m) => ({ from: m.index, to: m.index + m[0].length }));
}
