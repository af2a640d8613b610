import type { Card, Message, Pending, SentFile } from "../../wire";
import type { LinkPreview, Marks } from "../../wire/protocol";
import { fromOthers, type Line, type Promised, type Thread } from "../engine/model";

export type SendState = "sending" | "sent" | "delivered" | "read" | "failed";

export interface MessageRow {
  t: "message";
  key: string;
  at: number;
  text: string;
  files: readonly SentFile[] | undefined;
  link?: LinkPreview | undefined;
  own: boolean;
  automatic: boolean;
  author: { id: string; name: string };
  /** First or last of several in a row by the same author. */
  first: boolean;
  last: boolean;
  /** Own messages only; shown where it tells something new. */
  state: SendState | null;
  pending: Pending | null;
}
export interface CardRow {
  t: "card";
  key: string;
  card: Card;
  /** The visitor's answer while it is on its way. */
  pending: Pending | null;
}
export type Row =
  | MessageRow
  | CardRow
  | { t: "day"; key: string; at: number }
  | { t: "line"; key: string; line: Line }
  | { t: "promise"; key: string; promised: Promised }
  | { t: "new"; key: string };

/** Messages by one author belong together when no more than this lies between them, in ms. */
const GROUP_GAP = 5 * 60_000;

function said(m: Message, marks: Marks): MessageRow {
  const own = m.author.kind === "person";
  return {
    t: "message", key: m.client_id || m.id, at: m.at, text: m.text, files: m.files, link: m.link, own, automatic: m.kind === "auto",
    author: m.author, first: true, last: true, state: own ? reach(m.seq, marks) : null, pending: null,
  };
}

/** How far a stored message has got on the other side. */
function reach(seq: number, marks: Marks): "read" | "delivered" | "sent" {
  if (seq <= marks.agent_read) return "read";
  return seq <= marks.agent_delivered ? "delivered" : "sent";
}

function waiting(p: Pending): MessageRow {
  return {
    t: "message", key: p.client_id, at: p.at, text: p.text, files: p.files, own: true, automatic: false, author: { id: "me", name: "" },
    first: true, last: true, state: p.failed ? "failed" : "sending", pending: p,
  };
}

function cardRow(card: Card, pending: readonly Pending[]): CardRow {
  const answer = pending.find((p) => p.answer?.card_id === card.id);
  return { t: "card", key: card.id, card, pending: (card.state === "sent" && answer) || null };
}

function sameGroup(a: MessageRow, b: MessageRow): boolean {
  const sameAuthor = a.own ? b.own : !b.own && a.author.id === b.author.id && a.automatic === b.automatic;
  return sameAuthor && b.at - a.at < GROUP_GAP;
}

/** Marks the ends of groups, and leaves the state only where it tells something. */
function group(rows: Row[]): void {
  const messages = rows.filter((r) => r.t === "message");
  const lastOwn = messages.findLast((r) => r.own && r.state !== "failed");
  for (const r of messages) if (r !== lastOwn && r.state !== "sending" && r.state !== "failed") r.state = null;
  rows.forEach((row, i) => {
    const next = rows[i + 1];
    if (row.t === "message" && next?.t === "message" && sameGroup(row, next)) row.last = next.first = false;
  });
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}

/**
 * What the thread shows, oldest first: days, lines, messages in the server's order, then those
 * acknowledged but not come back, then those not confirmed. newAfter: the "new" line stands
 * before the first message of others after this number; null for none.
 */
export function rowsOf(thread: Thread | undefined, pending: readonly Pending[], acked: readonly Message[], newAfter: number | null): Row[] {
  const rows: Row[] = [];
  const shown = new Set<string>();
  let day = "";
  let marked = newAfter === null;
  const add = (row: MessageRow) => {
    if (shown.has(row.key)) return;
    shown.add(row.key);
    startDay(row.at);
    rows.push(row);
  };
  const startDay = (at: number) => {
    if (day === dayOf(at)) return;
    day = dayOf(at);
    rows.push({ t: "day", key: `day:${day}`, at });
  };
  thread?.entries.forEach((e, i, all) => {
    const next = all[i + 1];
    // Nothing has ended that goes on elsewhere.
    if (e.kind === "line" && e.what === "ended" && next?.kind === "line" && next.what === "merged") return;
    if (!marked && e.seq > newAfter! && fromOthers(e)) {
      marked = true;
      rows.push({ t: "new", key: "new" });
    }
    if (e.kind === "said") {
      add(said(e.message, thread.marks));
      return;
    }
    startDay(e.at);
    if (e.kind === "line") rows.push({ t: "line", key: `line:${e.seq}`, line: e });
    else if (e.kind === "promise") rows.push({ t: "promise", key: `promise:${e.seq}`, promised: e });
    else rows.push(cardRow(thread.cards.find((c) => c.id === e.id)!, pending));
  });
  for (const m of acked) if (m.conversation_id === thread?.id) add(said(m, thread.marks));
  for (const p of pending) if (p.conversation_id === thread?.id && !p.answer) add(waiting(p));
  group(rows);
  return rows;
}
