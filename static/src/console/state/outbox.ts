/** Messages written here and not yet confirmed: shown at once, kept in the browser, sent when possible, never twice. */
import { signal } from "@preact/signals";
import { browserEnv, newId, Outbox, wordsOf, type Pending, type SentFile } from "../../wire";
import { unfollowed } from "./agreement";
import { attachAgain } from "./attached";
import { serverNow } from "./clock";
import { draftOf, setDraft, startedFrom } from "./drafts";
import { whenSettling } from "../api";
import { amendLast, held, hold, holdsBack, hurry, openHeld, type Held } from "./held";
import { patchRow, rows } from "./lists";
import { restart, send } from "./link";
import { me } from "./session";
import { settings } from "./settings";
import { keep, recall, recallKeys } from "./storage";

/** A message of this console, with what shall happen once the server has it. */
interface Parting extends Pending {
  /** "Send and close": it closes the conversation, after a reload too. */
  then_close?: boolean;
  /** Nothing is planned to be said later then, whatever the site's rule. */
  no_follow_up?: boolean;
}

export const pending = signal<readonly Parting[]>([]);

let box: Outbox | null = null;

/** Nobody waits longer than this for words that were held back to arrive, ms. */
const SETTLE_MS = 3_000;

/** What waits goes out and arrives: a deed that follows would be undone by words that come after it. */
function settle(): Promise<void> | void {
  const ids = new Set(held.value.map((h) => h.client_id));
  if (ids.size === 0) return;
  hurry();
  const arrived = () => !pending.value.some((p) => ids.has(p.client_id) && !p.failed);
  return new Promise((go) => {
    let stop = () => {};
    const end = () => {
      clearTimeout(timer);
      stop();
      go();
    };
    const timer = setTimeout(end, SETTLE_MS);
    stop = pending.subscribe(() => arrived() && queueMicrotask(end));
  });
}
whenSettling(settle);

/** Nobody is there any more who could take it back, or hear an answer: all of it goes on the wire, in its order. */
export function sendLeaving(): void {
  hurry();
  for (const p of pending.value) if (!p.failed) onWire(p);
}

/**
 * Opens the outbox of an agent, with what a reload or a closed tab left behind. Each message has a
 * key of its own, so that tabs never write over each other's; sending one twice does no harm.
 */
export function openOutbox(agent: string): Outbox {
  const prefix = `outbox:${agent}:`;
  const kept = recallKeys(prefix)
    .map((k) => recall<Pending | null>(k, null))
    .filter((p): p is Pending => p !== null)
    .sort((a, b) => a.at - b.at);
  const waits = (p: Pending): p is Held => "until" in p && (p as Held).until > Date.now();
  const ready = kept.filter((p) => !waits(p));
  box = new Outbox({ env: browserEnv, send: onWire, keep: (list) => remember(prefix, list), stuck: restart }, ready);
  pending.value = ready;
  openHeld(prefix, dispatch, kept.filter(waits));
  return box;
}

/** It goes out as soon as the wire takes it. */
function dispatch(message: Pending): void {
  showInRow(message);
  box?.add(message);
}

function remember(prefix: string, list: readonly Pending[]): void {
  const ids = new Set(list.map((p) => p.client_id));
  for (const p of pending.value) if (!ids.has(p.client_id)) keep(prefix + p.client_id, undefined);
  for (const p of list) if (!pending.value.includes(p)) keep(prefix + p.client_id, p);
  pending.value = list;
}

function onWire(p: Pending): boolean {
  return send({
    type: "post",
    ref: p.client_id,
    conversation_id: p.conversation_id,
    client_id: p.client_id,
    kind: p.kind ?? "reply",
    text: p.text,
    ...(p.template_id ? { template_id: p.template_id } : {}),
    ...(p.other_templates?.length ? { other_templates: p.other_templates } : {}),
    ...(p.files ? { files: p.files.map((f) => f.id) } : {}),
  });
}

/** The server has this message. Returns the conversation that is to be closed now, or "". */
export function confirmed(clientId: string): string {
  const message = pending.value.find((p) => p.client_id === clientId);
  box?.confirmed(clientId);
  if (!message?.then_close) return "";
  if (message.no_follow_up) unfollowed.add(message.conversation_id);
  return message.conversation_id;
}

/** Sends a reply or note; who wants it so holds replies back for a moment, and no later words overtake them. templates are what its words started from, the last at the end; thenClose, noFollowUp: see confirmed. */
export function post(conversation: string, kind: "reply" | "note", text: string, { templates = [] as readonly string[], thenClose = false, noFollowUp = false, files = [] as readonly SentFile[] } = {}): void {
  const template = templates.at(-1);
  const message: Parting = {
    client_id: newId(),
    conversation_id: conversation,
    kind,
    text: text.trim(),
    at: serverNow(),
    ...(template && kind === "reply" ? { template_id: template, other_templates: templates.slice(-5, -1) } : {}),
    ...(thenClose ? { then_close: true, ...(noFollowUp ? { no_follow_up: true } : {}) } : {}),
    ...(files.length ? { files } : {}),
  };
  const waits = holdsBack(conversation) || (settings.value.holdSends && kind === "reply");
  (waits ? hold : dispatch)(message);
}

/** What still waits of a conversation goes out at once and closes it when it has arrived; false where nothing waits. */
export function closeBehind(conversation: string): boolean {
  const waits = holdsBack(conversation);
  amendLast(conversation, { then_close: true });
  hurry(conversation);
  return waits;
}

/** The list shows the answer before the server has it; the first answer takes the conversation. */
function showInRow(p: Pending): void {
  const row = rows.value.get(p.conversation_id);
  const self = me.value?.agent;
  if (!row || !self) return;
  const last = { by: "agent" as const, kind: p.kind ?? "reply", text: wordsOf(p).slice(0, 140), at: p.at };
  if (p.kind === "note") patchRow(row.id, { last });
  else patchRow(row.id, { last, waiting_since: 0, unread: 0, state: "open", assignee: row.assignee ?? self });
}

export function retry(clientId: string): void {
  box?.retry(clientId);
}
/** Takes a message that was refused or never went out back into the composer with its files, above what stands there. A note, of either, stays with the team. */
export function takeBack(p: Pending): void {
  const { kind, text } = draftOf(p.conversation_id);
  box?.discard(p.client_id);
  if (p.template_id && !text) startedFrom.set(p.conversation_id, [...(p.other_templates ?? []), p.template_id]);
  setDraft(p.conversation_id, { kind: text && kind === "note" ? kind : (p.kind ?? "reply"), text: [p.text, text].filter(Boolean).join("\n") });
  if (p.files) attachAgain(p.conversation_id, p.files);
}
