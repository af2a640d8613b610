/** What supervisors whisper to this agent while they write, and what of it was put aside. */
import { signal } from "@preact/signals";
import type { ConversationView } from "../../../wire/protocol";
import { now } from "../../state/clock";
import { me } from "../../state/session";
import { keep, recall } from "../../state/storage";

export interface Whisper {
  seq: number;
  by: string;
  text: string;
}

/** How long one is shown that nobody puts aside, ms: after that it is no help with what is being written. */
const LASTS = 15 * 60_000;
/** In how many conversations it is remembered what was put aside. */
const REMEMBERED = 50;

/** By conversation, up to which seq whispers were put aside. */
const aside = signal<Readonly<Record<string, number>>>(recall("whispers", {}));

/** What is whispered to this agent in a conversation of theirs and not put aside, the oldest first. */
export function whispersIn(view: ConversationView | null): Whisper[] {
  const own = me.value?.agent.id;
  if (!view || !own || view.row.assignee?.id !== own || view.row.state === "closed") return [];
  const after = aside.value[view.row.id] ?? 0;
  const out: Whisper[] = [];
  for (const e of view.events) {
    if (e.type !== "whisper.sent" || e.agent.id !== own || e.seq <= after || e.at < now.value - LASTS) continue;
    const said = view.messages.find((m) => m.id === e.message_id);
    if (said) out.push({ seq: e.seq, by: e.by.name, text: said.text });
  }
  return out;
}

/** It is read, and so are those before it. */
export function putAside(id: string, seq: number): void {
  const others = Object.entries(aside.value).filter(([key]) => key !== id);
  aside.value = Object.fromEntries([...others.slice(1 - REMEMBERED), [id, seq]]);
  keep("whispers", aside.value);
}
