/** What is being written beside the composer: a card, a hold, a promise. What shows it is fetched when it is needed. */
import { signal } from "@preact/signals";

export type EditorKind = "summary" | "proposal" | "hold" | "promise" | "follow_up" | "grant" | "closing";

/** The editor that stands open, and in which conversation. */
export const editor = signal<{ id: string; kind: EditorKind } | null>(null);
/** The conversation whose closing waits for a word about its open promises, or "". */
export const closing = signal("");
/** Conversations whose closing shall plan no follow-up by the site's rule. */
export const unfollowed = new Set<string>();
/** The conversation whose closing waits for the cause of its complaint, with why its promises are dropped; null for none. */
export const causing = signal<{ id: string; why: string } | null>(null);
/** Something that a key asked for; whoever shows it takes it down. */
export const raised = signal<"reading" | "chip" | "delay" | "take" | "wave" | null>(null);

/** Opens an editor; the same again closes it, and its words are kept. */
export function openEditor(id: string, kind: EditorKind): void {
  const open = editor.value;
  editor.value = open?.id === id && open.kind === kind ? null : { id, kind };
}
export function raise(what: NonNullable<typeof raised.value>): void {
  raised.value = what;
}
