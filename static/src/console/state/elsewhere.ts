/** Who waits on the agent's other sites: the lists show one, and nobody may wait unseen on another. */
import { computed, signal } from "@preact/signals";
import type { Row, ToAgentFrame } from "../../wire/protocol";
import { belongs } from "./rows";
import { me, site } from "./session";

interface Waits {
  queue: number;
  /** Conversations of mine in which the customer spoke last. */
  mine: ReadonlySet<string>;
}
type Told = Extract<ToAgentFrame, { type: "hello" }>["waits"];

const waits = signal<ReadonlyMap<string, Waits>>(new Map());

/** The other sites on which somebody waits for this agent or for anybody, with how many. */
export const elsewhere = computed(() =>
  (me.value?.sites ?? []).flatMap((s) => {
    const { queue, mine } = waits.value.get(s.id) ?? { queue: 0, mine: new Set() };
    const n = queue + mine.size;
    return s.id !== site.value?.id && n > 0 ? [{ site: s, n }] : [];
  }),
);
export const waitElsewhere = computed(() => elsewhere.value.reduce((sum, { n }) => sum + n, 0));

/** Takes on what the server says at the beginning of a connection. */
export function beginWaits(told: Told): void {
  waits.value = new Map(Object.entries(told).map(([id, { queue, mine }]) => [id, { queue, mine: new Set(mine) }]));
}

/** Keeps up with the rows of any site. */
export function hearWaits(frame: { site_id: string; rows: readonly Row[]; counts: { queue: number } }): void {
  const mine = new Set(waits.value.get(frame.site_id)?.mine);
  const id = me.value?.agent.id ?? "";
  for (const row of frame.rows) {
    if (row.waiting_since > 0 && row.assignee?.id === id && belongs(row, "mine", id)) mine.add(row.id);
    else mine.delete(row.id);
  }
  waits.value = new Map([...waits.value, [frame.site_id, { queue: frame.counts.queue, mine }]]);
}

/** These conversations are gone for good. */
export function forgetWaits(siteId: string, ids: readonly string[]): void {
  const held = waits.value.get(siteId);
  if (held) waits.value = new Map([...waits.value, [siteId, { ...held, mine: new Set([...held.mine].filter((id) => !ids.includes(id))) }]]);
}
