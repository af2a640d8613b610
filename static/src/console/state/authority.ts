/** What may be given, and what is asked of supervisors. */
import { signal } from "@preact/signals";
import type { Authority, Grant, GrantReason, GrantUnit } from "../../wire/protocol";
import { newId } from "../../wire";
import { api } from "../api";
import { locale } from "../i18n";
import { asked } from "./asked";
import { setView } from "./conversation";
import { atLeaving } from "./leaving";
import { may, me, site } from "./session";

export const authority = signal<Authority | null>(null);

atLeaving(() => {
  authority.value = null;
});

const place = (rest = "") => `sites/${site.value?.id}/authority${rest}`;

export async function fetchAuthority(): Promise<void> {
  authority.value = await api.get<Authority>(place());
}
export async function agree(version: number): Promise<void> {
  authority.value = await api.post<Authority>(place("/agree"), { version });
}
export async function saveAuthority({ version, currency, kinds, limits, answer_within }: Authority): Promise<void> {
  authority.value = await api.put<Authority>(place(), { version, currency, kinds, limits, answer_within });
}
export async function wish(text: string): Promise<void> {
  await api.post(place("/wishes"), { text });
}
export async function settleWish(id: string): Promise<void> {
  await api.post(place(`/wishes/${id}/settle`));
  await fetchAuthority();
}

/** Is it for this agent to answer: their turn, or nobody's any more? */
export function concerns(grant: Grant): boolean {
  const self = me.value?.agent;
  if (!self || !may("grant.decide") || grant.by.id === self.id) return false;
  return grant.state === "unanswered" || (grant.state === "asked" && grant.asked_of?.id === self.id);
}

/** The list with the newer word about one of its grants, or with one more in front. */
export function withGrant(list: readonly Grant[], grant: Grant): Grant[] {
  return list.some((g) => g.id === grant.id) ? list.map((g) => (g.id === grant.id && g.at <= grant.at ? grant : g)) : [grant, ...list];
}

/** Lays the server's word over the conversation and the questions. */
export function heardGrant(grant: Grant): void {
  setView(grant.conversation_id, (view) => ({ ...view, grants: withGrant(view.grants, grant) }));
  const rest = asked.value.filter((g) => g.id !== grant.id);
  asked.value = concerns(grant) ? [...rest, grant] : rest;
}

/** Reads what waits for this agent's word, on all sites. */
export async function fetchAsked(): Promise<void> {
  if (!me.value || !may("grant.decide")) return;
  const agent = me.value.agent.id;
  const lists = await Promise.all(me.value.sites.map((s) => api.get<{ grants: Grant[] }>(`grants?site=${s.id}`)));
  if (agent === me.value?.agent.id) asked.value = lists.flatMap((list) => list.grants).filter(concerns);
}

export interface GrantDraft {
  /** Stays the same until it is sent, so that sending twice makes one grant. */
  client_id: string;
  kind: string;
  amount: number;
  reason: GrantReason;
  note: string;
}
export async function give(conversation: string, draft: GrantDraft): Promise<void> {
  heardGrant(await api.post<Grant>(`conversations/${conversation}/grants`, draft));
}
export async function askFor(conversation: string, draft: GrantDraft): Promise<Grant> {
  const grant = await api.post<Grant>(`conversations/${conversation}/grants/ask`, draft);
  heardGrant(grant);
  return grant;
}
export async function decide(grant: Grant, yes: boolean, words: string): Promise<void> {
  heardGrant(await api.post<Grant>(`grants/${grant.id}/decide`, { yes, ...(words ? { words } : {}) }));
}
export async function withdraw(grant: Grant): Promise<void> {
  heardGrant(await api.post<Grant>(`grants/${grant.id}/withdraw`));
}
export async function promiseWord(grant: Grant, text: string, dueAt: number, zone: string): Promise<void> {
  heardGrant(await api.post<Grant>(`grants/${grant.id}/promise`, { client_id: newId(), text, due_at: dueAt, zone }));
}

/** How many digits stand behind the point of a currency. */
function digits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
/** "€12.50", "7 days"; "" for what has no amount. */
export function amountWords(amount: number, unit: GrantUnit, currency: string): string {
  if (unit === "none") return "";
  if (unit === "days") return new Intl.NumberFormat(locale(), { style: "unit", unit: "day", unitDisplay: "long" }).format(amount);
  return new Intl.NumberFormat(locale(), { style: "currency", currency }).format(amount / 10 ** digits(currency));
}
/** What a field for an amount holds. */
export function toAmount(amount: number, unit: GrantUnit, currency: string): string {
  return unit === "money" ? (amount / 10 ** digits(currency)).toString() : amount.toString();
}
/**
 * What was written in a field as an amount, NaN for what is none. No more digits stand behind the
 * point than the currency has, and days have none: "1,000" is neither one euro nor one day.
 */
export function fromAmount(text: string, unit: GrantUnit, currency: string): number {
  const places = unit === "money" ? digits(currency) : 0;
  const [, whole, part = ""] = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  return whole === undefined || part.length > places ? NaN : Number(whole + part.padEnd(places, "0"));
}
