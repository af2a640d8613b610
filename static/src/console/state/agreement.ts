/** What is being written beside the composer: a card, a hold, a promise. What shows it is fetched when it is needed. */
import { signal } from "@preact/signals";
import { atLeaving } from "./leaving";

export type EditorKind = "summary" | "proposal" | "hold" | "promise" | "follow_up" | "grant" | "closing";

/** The editor that stands open, and in which conversation. */
export const editor = signal<{ id: string; kind: EditorKind } | null>(null);
/** The conversation whose closing waits for a word about its open promises, or "". */
export const closing = signal("");
/** Conversations whose closing shall plan no follow-up by the site's rule. */
export const unfollowed = new Set<string>();
/** The conversation whose closing waits for the cause of its complaint, with why its promises are dropped; null for none. */
export const causing = signal<{ id: string; why: string } | null>(null);
type Wish = "reading" | "chip" | "delay" | "take" | "wave";
/** Something that a key asked for, and in which conversation; whoever shows it takes it down. */
export const raised = signal<{ id: string; what: Wish } | null>(null);

atLeaving(() => {
  unfollowed.clear();
  editor.value = raised.value = null;
});

/** Opens an editor; the same again closes it, and its words are kept. */
export function openEditor(id: string, kind: EditorKind): void {
  const open = editor.value;
  editor.value = open?.id === id && open.kind === kind ? null : { id, kind };
}
export function raise(id: string, what: Wish): void {
  raised.value = { id, what };
}
/** Takes down what was asked for in this conversation, if it is one of these; else null. */
export function takeWish<W extends Wish>(id: string, ...of: W[]): W | null {
  const wish = raised.peek();
  const what = of.find((w) => w === wish?.what);
  if (!what || wish?.id !== id) return null;
  raised.value = null;
  return what;
}
