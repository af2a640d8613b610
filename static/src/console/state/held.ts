/** Messages that wait a moment before they go out, where the agent wants that: until then they can be taken back. */
import { signal } from "@preact/signals";
import type { Pending } from "../../wire";
import { keep, recall } from "./storage";

/** How long a message waits, ms. */
export const HOLD_MS = 3_000;

/** A message with the time at which it goes out, by this browser's clock. */
export interface Held extends Pending {
  until: number;
}

interface Fate {
  gone: () => void;
  back: () => void;
}

/** What waits, in the order in which it goes out. */
export const held = signal<readonly Held[]>([]);
const fates = new Map<string, Fate>();
let prefix = "";
let goes: (message: Pending) => void = () => {};

/**
 * Begins for an agent, whose messages are kept under these keys and go out by this function. kept is
 * what a page left that ended without a word: it waits out what was left of its time.
 */
export function openHeld(keys: string, go: typeof goes, kept: readonly Held[]): void {
  prefix = keys;
  goes = go;
  held.value = [];
  for (const message of kept) wait(message);
}

/** Is there something of this conversation that later words must not overtake? */
export const holdsBack = (conversation: string): boolean => held.value.some((h) => h.conversation_id === conversation);

/** Keeps a message back. It is stored like every other, so that nothing but taking it back can lose it. */
export function hold(message: Pending): void {
  const waiting = { ...message, until: Date.now() + HOLD_MS };
  keep(prefix + waiting.client_id, waiting);
  wait(waiting);
}

function wait(message: Held): void {
  held.value = [...held.value, message];
  const stored = recall(prefix + message.client_id, null) !== null;
  setTimeout(() => letGo(message, stored), Math.min(HOLD_MS, message.until - Date.now()));
}

/** stored: storage works, so that what is missing there now was taken back or sent by another tab. */
function letGo(message: Held, stored = false): void {
  if (!forget(message)) return;
  const fate = fateOf(message);
  if (stored && recall(prefix + message.client_id, null) === null) return;
  const { until: _, ...plain } = message;
  goes(plain);
  fate?.gone();
}

function forget(message: Held): boolean {
  const before = held.value;
  held.value = before.filter((h) => h.client_id !== message.client_id);
  return held.value.length < before.length;
}

function fateOf(message: Held): Fate | undefined {
  const fate = fates.get(message.client_id);
  fates.delete(message.client_id);
  return fate;
}

/** Sends at once what waits, of one conversation or of all. */
export function hurry(conversation = ""): void {
  for (const h of held.value) if (!conversation || h.conversation_id === conversation) letGo(h);
}

/** The last of what waits in a conversation, with something changed about it. */
export function amendLast(conversation: string, patch: object): void {
  const last = held.value.findLast((h) => h.conversation_id === conversation);
  held.value = held.value.map((h) => (h === last ? { ...h, ...patch } : h));
}

/** Lets the last of what waits never go out. */
export function stopLast(): Held | undefined {
  const last = held.value.at(-1);
  if (!last) return undefined;
  forget(last);
  keep(prefix + last.client_id, undefined);
  fateOf(last)?.back();
  return last;
}

/** What hangs on words that may wait: done when they go out, put back when they do not. False where no such words wait. */
export function hangOn(conversation: string, text: string, fate: Fate): boolean {
  const message = held.value.findLast((h) => h.conversation_id === conversation && h.text === text);
  if (message) fates.set(message.client_id, fate);
  return message !== undefined;
}
