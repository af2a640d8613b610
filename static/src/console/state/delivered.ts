/** Tells the server which of the customers' words have reached this screen, once each. */
import { effect } from "@preact/signals";
import { type AgentFrame, LIMITS, type Row } from "../../wire/protocol";
import { link, send } from "./link";
import { rows } from "./lists";

type Delivered = Extract<AgentFrame, { type: "delivered" }>;

/** Rows that have come or changed between two states of the lists. */
export function changedRows(before: ReadonlyMap<string, Row>, now: ReadonlyMap<string, Row>): Row[] {
  return [...now.values()].filter((row) => before.get(row.id) !== row);
}

/** What is news to the server about these rows, in as few frames as it takes. */
export function deliveredFrames(changed: readonly Row[], told: ReadonlyMap<string, number>): Delivered[] {
  const news = changed.filter((row) => row.last.by === "person" && row.unread > 0 && row.seq > (told.get(row.id) ?? 0));
  return Array.from({ length: Math.ceil(news.length / LIMITS.delivered) }, (_, i) => ({
    type: "delivered",
    seqs: Object.fromEntries(news.slice(i * LIMITS.delivered, (i + 1) * LIMITS.delivered).map((row) => [row.id, row.seq])),
  }));
}

/** What has been told: conversation → seq. It outlives a connection, so that coming back says only what is new. */
const told = new Map<string, number>();
let seen: ReadonlyMap<string, Row> = new Map();

/** Another epoch of the server: what was told counts for nothing. */
export function forgetTold(): void {
  told.clear();
  seen = new Map();
}

/** Keeps telling until it is ended. */
export function tellDelivered(): () => void {
  let last: Delivered["seqs"] = {};
  const stop = effect(() => {
    if (link.value !== "live") {
      // The last frame may have gone down with the connection.
      for (const id of Object.keys(last)) told.delete(id);
      last = {};
      seen = new Map();
      return;
    }
    for (const frame of deliveredFrames(changedRows(seen, rows.value), told)) {
      if (!send(frame)) return;
      last = frame.seqs;
      for (const [id, seq] of Object.entries(frame.seqs)) told.set(id, seq);
    }
    seen = rows.value;
    for (const id of told.keys()) if (!seen.has(id)) told.delete(id);
  });
  return () => {
    stop();
    forgetTold();
  };
}
