/** What becomes of limits while whoever sets them changes the form. */
import type { Authority, GrantKind, Limit } from "../../../wire/protocol";
import { fromAmount } from "../../state/authority";

export const SPANS = ["each", "day", "month"] as const;
export type Span = (typeof SPANS)[number];
/** What stands in the fields of one kind, as it was written. */
export type Fields = Partial<Record<Span, string>>;
/** By the kind's key. */
export type Written = Record<string, Fields>;

/** What a kind's amounts count: its unit, and of money the currency; "" where there is no such kind. */
function measure({ kinds, currency }: Authority, key: string): string {
  const unit = kinds.find((k) => k.key === key)?.unit ?? "";
  return unit === "money" ? currency : unit;
}

/** The form with other kinds or another currency. Limits that would count something else go: 50 euros are not 50 days. */
export function changed(form: Authority, patch: Partial<Pick<Authority, "kinds" | "currency">>): Authority {
  const next = { ...form, ...patch };
  return { ...next, limits: form.limits.filter((l) => measure(form, l.kind) === measure(next, l.kind)) };
}
/** What was written and counts the same in the changed form. */
export function stillWritten(written: Written, form: Authority, next: Authority): Written {
  return Object.fromEntries(Object.entries(written).filter(([key]) => measure(form, key) === measure(next, key)));
}

/** The fields of a kind that hold no amount. An empty one holds nothing, which is one. */
export function unreadable(kind: GrantKind, fields: Fields, currency: string): Span[] {
  return SPANS.filter((span) => fields[span]?.trim() && Number.isNaN(fromAmount(fields[span], kind.unit, currency)));
}

/** The limits with what was written for one person or role, all of it readable; what is left empty is nothing. */
export function laid(form: Authority, who: string, written: Written): Limit[] {
  const limits = form.kinds.flatMap((k): Limit[] => {
    const before = form.limits.find((l) => l.who === who && l.kind === k.key);
    const fields = written[k.key];
    if (!fields) return before ? [before] : [];
    if (!before && SPANS.every((s) => !fields[s]?.trim())) return [];
    const value = (span: Span) => {
      const text = fields[span];
      return text === undefined ? (before?.[span] ?? 0) : text.trim() === "" ? 0 : fromAmount(text, k.unit, form.currency);
    };
    const each = value("each");
    const day = Math.max(each, value("day"));
    return [{ who, kind: k.key, each, day, month: Math.max(day, value("month")) }];
  });
  return [...form.limits.filter((l) => l.who !== who), ...limits];
}
