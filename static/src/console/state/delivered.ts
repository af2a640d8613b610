/** Tells the server which of the customers' words have reached this screen, once each. */
import { effect } from "@preact/signals";
import type { Row } from "../../wire/protocol";
import { link, send } from "./link";
import { rows } from "./lists";

/** What has been told since the connection began: conversation → seq. */
const told = new Map<string, number>();

/** Rows whose customer's words are news to this screen; told remembers them. */
export function newlyDelivered(all: Iterable<Row>, told: Map<string, number>): Row[] {
  const fresh: Row[] = [];
  for (const row of all) {
    if (row.last.by !== "person" || row.unread === 0 || row.seq <= (told.get(row.id) ?? 0)) continue;
    told.set(row.id, row.seq);
    fresh.push(row);
  }
  return fresh;
}

/** Keeps telling until it is ended; after a new connection, from the start. */
export function tellDelivered(): () => void {
  return effect(() => {
    if (link.value !== "live") return told.clear();
    for (const row of newlyDelivered(rows.value.values(), told)) send({ type: "delivered", conversation_id: row.id, seq: row.seq });
  });
}
