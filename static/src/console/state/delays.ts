/** What is reported to be late: which reports wait for an agent, and what becomes of them. */
import type { ConversationEvent, ConversationView, CustomerPromise, Delay } from "../../wire/protocol";
import { byDue } from "../../wire";
import { api } from "../api";
import { setView } from "./conversation";

type DelayEvent = Extract<ConversationEvent, { delay: Delay }>;

/** The reports that wait, oldest first: those that the conversation came with, as events have changed them since. */
export function waitingDelays(view: Pick<ConversationView, "delays" | "events">): Delay[] {
  const all = new Map(view.delays.map((d) => [d.id, d]));
  const told = view.events.filter((e): e is DelayEvent => "delay" in e);
  for (const { delay } of told) if (!(all.get(delay.id)?.ended_at)) all.set(delay.id, delay);
  return [...all.values()].filter((d) => d.state === "waiting").sort((a, b) => (a.id < b.id ? -1 : 1));
}

const sign = /[.*+?^${}()|[\]\\/]/g;

/** Does a text name the reference as a whole? As the server reads it: "4411" stands in "order 4411.", not in "4411-2". */
export function names(reference: string, text: string): boolean {
  const whole = reference.toLowerCase().replace(sign, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{Nd}]|[\\p{L}\\p{Nd}][-_/.])${whole}(?![\\p{L}\\p{Nd}]|[-_/.][\\p{L}\\p{Nd}])`, "u").test(text.toLowerCase());
}

/**
 * Our open promises that a report may delay, the next due first. sure: the only one that names its reference; any other
 * is for the agent to choose.
 */
export function delayable(delay: Delay, promises: readonly CustomerPromise[]): { sure?: CustomerPromise; others: CustomerPromise[] } {
  const open = promises.filter((p) => p.state === "open" && p.whose === "ours" && !p.kind && (!delay.until || delay.until > p.due_at)).sort(byDue);
  const named = open.filter((p) => names(delay.reference, p.text));
  return named.length === 1 ? { sure: named[0]!, others: [] } : { others: named.length ? named : open };
}

/** Tells the customer, and moves the promise; throws an ApiError, and nothing has changed then. */
export async function tellDelay(conversation: string, delay: Delay, promise = ""): Promise<void> {
  settled(conversation, await api.post<Delay>(`conversations/${conversation}/delays/${delay.id}/tell`, { promise_id: promise }));
}

/** Sets it aside: nobody is told. */
export async function dropDelay(conversation: string, delay: Delay): Promise<void> {
  settled(conversation, await api.post<Delay>(`conversations/${conversation}/delays/${delay.id}/drop`));
}

function settled(conversation: string, delay: Delay): void {
  setView(conversation, (view) => ({ ...view, delays: [...view.delays.filter((d) => d.id !== delay.id), delay] }));
}
