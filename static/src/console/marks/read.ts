/** Reads a draft and says what could be kinder, plainer or more honest. Local, linear, never blocking. */
import { template, writing } from "./again";
import { blame } from "./blame";
import { promise } from "./commitment";
import { guess } from "./guess";
import { jargon } from "./jargon";
import { long } from "./long";
import { KINDS, type Context, type Mark, type MarkKind, type Rule } from "./mark";
import { name } from "./name";
import { negative } from "./negative";
import { no } from "./no";
import { shouting } from "./shouting";
import { parse } from "./text";
import { unanswered } from "./unanswered";

const RULES: Record<MarkKind, Rule> = { name, unanswered, promise, no, blame, negative, guess, jargon, long, shouting, template, writing };

/** The marks of a draft in the order of their places; kinds that are not wanted are not looked for. */
export function read(text: string, context: Context = {}, wants: (kind: MarkKind) => boolean = () => true): Mark[] {
  if (!text.trim()) return [];
  const parsed = parse(text, context.paused);
  const found = KINDS.filter(wants).flatMap((kind) => RULES[kind](parsed, context));
  const barred = (m: Mark) => m.kind === "no" && found.some((n) => n.kind === "negative" && n.from < m.to && n.to > m.from);
  return found.filter((m) => !barred(m)).sort((a, b) => a.from - b.from || b.to - a.to);
}
