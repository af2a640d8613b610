/** The composer's way to be used from elsewhere: shortcuts, ideas of the coach, the palette. */
import { signal } from "@preact/signals";
import type { Template } from "../../../wire/protocol";
import { viewOf } from "../../state/conversation";
import { draftOf, setDraft, startedFrom } from "../../state/drafts";
import { fill, insertAt } from "../../state/template";

/** Where the caret was last seen in a conversation's draft. */
const carets = new Map<string, { start: number; end: number }>();
/** A selection to be made once the field shows the new text. */
export const wish = signal<{ id: string; start: number; end: number } | null>(null);

export function rememberCaret(id: string, start: number, end: number): void {
  carets.set(id, { start, end });
}

/** Writes in Reply or Note mode, with the caret in the field. */
export function writeIn(id: string, kind: "reply" | "note"): void {
  if (draftOf(id).kind !== kind) setDraft(id, { kind });
  const at = carets.get(id) ?? { start: draftOf(id).text.length, end: draftOf(id).text.length };
  wish.value = { id, ...at };
}

/** Puts text in at the caret, or over the range given; the caret goes to the first blank. template is where it came from: its files come along. */
export function insertText(id: string, text: string, range?: { from: number; to: number }, template = ""): void {
  // Without that piece nothing can be attached, and nothing else of this is lost.
  if (template) void import("../agreement/parts").then((m) => m.bringAlong(id, template)).catch(() => undefined);
  if (template) startedFrom.set(id, [...(startedFrom.get(id) ?? []).filter((x) => x !== template), template]);
  const draft = draftOf(id).text;
  const caret = carets.get(id) ?? { start: draft.length, end: draft.length };
  const from = Math.min(range?.from ?? caret.start, draft.length);
  const to = Math.min(range?.to ?? caret.end, draft.length);
  const result = insertAt(draft, from, to, text);
  setDraft(id, { text: result.text });
  carets.set(id, result);
  wish.value = { id, start: result.start, end: result.end };
}

/** Puts a template in with its variables filled; nothing written before is replaced. */
export function insertTemplate(id: string, template: Template, range?: { from: number; to: number }): void {
  const values = viewOf(id)?.variables ?? {};
  insertText(id, fill(template.body, values), range, template.id);
}
