/** What one's latest replies promised: offered anew when the page was loaded again, until it is promised or waved away. */
import type { ConversationView, CustomerPromise } from "../../wire/protocol";
import { serverNow } from "./clock";
import { asPromise, listen, worthAsking, type Found } from "./commitments";
import { viewOf } from "./conversation";
import { atLeaving } from "./leaving";
import { me } from "./session";
import { keep, recall } from "./storage";

/** In how many of one's latest replies it is looked for, and how old they may be, ms. */
const LATEST = 3;
const OFFERED_FOR = 24 * 3_600_000;
/** How much that was waved away is remembered of a conversation. */
const REMEMBERED = 20;
/** Due times this near each other are the same promise in other words, ms. */
const SAME_TIME = 60_000;

const place = (id: string) => `waved:${me.value?.agent.id}:${id}`;
const waved = (id: string) => recall<string[]>(place(id), []);

/** It is not offered again in this conversation. */
export function wave(id: string, text: string): void {
  keep(place(id), [...waved(id).filter((w) => w !== text), text].slice(-REMEMBERED));
}

type Seen = Pick<ConversationView, "messages">;

/** The replies of an agent that may hold something to be promised still. */
export const latestReplies = ({ messages }: Seen, agent: string, now: number) =>
  messages
    .filter((m) => m.kind === "reply" && m.author.kind === "agent" && m.author.id === agent)
    .slice(-LATEST)
    .filter((m) => m.at > now - OFFERED_FOR && worthAsking(m.text));

type Promised = Pick<CustomerPromise, "whose" | "text" | "due_at">;

/** What is no promise yet, was not waved away, and can be kept still. */
export function unpromised(found: readonly Found[], promises: readonly Promised[], gone: readonly string[], now: number): Found[] {
  const same = (p: Promised, f: Found) => p.whose === "ours" && (p.text === asPromise(f.text) || (f.due_at > 0 && Math.abs(p.due_at - f.due_at) < SAME_TIME));
  return found.filter((f) => (f.due_at === 0 || f.due_at > now) && !gone.includes(f.text) && !promises.some((p) => same(p, f)));
}

/** The conversations that were looked through since the page was loaded. */
const looked = new Set<string>();
atLeaving(() => looked.clear());

/** What the latest replies of this agent promise in a conversation; looked for once. */
export async function saidBefore(id: string, zone: string): Promise<Found[]> {
  const view = viewOf(id);
  const now = serverNow();
  if (!view || view.row.state === "closed" || looked.has(id)) return [];
  looked.add(id);
  const heard = await Promise.all(latestReplies(view, me.value?.agent.id ?? "", now).map((m) => listen(m.text, zone, m.at)));
  if (heard.includes(null)) looked.delete(id);
  return unpromised(heard.flatMap((found) => found ?? []), viewOf(id)?.promises ?? [], waved(id), now);
}
