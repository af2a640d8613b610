/** Several matters of one conversation, and what the coach has found in the customer's words besides. */
import { signal } from "@preact/signals";
import type { ConversationView, Matter, Matters, PersonNote, Step } from "../../wire/protocol";
import { newId } from "../../wire";
import { api } from "../api";
import { editor } from "./agreement";
import { agreedInWords } from "./cards";
import { currentId, setView, viewOf } from "./conversation";
import { atLeaving } from "./leaving";

/** The matters of a conversation as they were last read. */
export const matters = signal<(Matters & { id: string }) | null>(null);

export async function fetchMatters(id: string): Promise<void> {
  const read = await api.get<Matters>(`conversations/${id}/matters`);
  if (currentId.value !== id) return;
  matters.value = { ...read, id };
  const now = read.matters.find((m) => m.id === viewOf(id)?.matter.id);
  // An event that turns to a matter comes without its progress.
  if (now) setView(id, (view) => (view.matter.id === now.id ? { ...view, matter: now } : view));
}

/** What was found in the customer's words, if anything is offered: another subject first, then a note. */
export function found(view: ConversationView): "concern" | "detail" | null {
  if (view.row.state === "closed") return null;
  return view.matter.concern ? "concern" : view.matter.detail ? "detail" : null;
}
/** Does what was found stand on screen? An editor, or a yes to a card, takes its place. */
export function offered(id: string): boolean {
  const view = viewOf(id);
  return !!view && editor.value?.id !== id && !agreedInWords(view) && found(view) !== null;
}

/** The answer to all that changes which matter is on. */
function goOn(id: string, matter: Matter): void {
  setView(id, (view) => ({ ...view, matter }));
}

/** Opens what was found as a matter of its own; the answer takes it back. */
export async function takeConcern(id: string, { text, cause }: { text: string; cause: string }): Promise<() => Promise<void>> {
  const opened = await api.post<Matter>(`conversations/${id}/matters`, { need: text, message_id: cause });
  goOn(id, opened);
  return async () => {
    await dropMatter(id, opened.id);
    await offerAgain(id, "concern", true);
  };
}

/** Waves away what was found, or offers it again. */
export async function offerAgain(id: string, what: "concern" | "detail", offer: boolean): Promise<void> {
  goOn(id, await api.post<Matter>(`conversations/${id}/matter`, { [what]: offer }));
}

/** The ids of notes that are being kept, by what was offered: a second try makes no second note. */
const noteIds = new Map<string, string>();
atLeaving(() => noteIds.clear());

/** Keeps what was found as a note about the customer; the answer takes it back. */
export async function keepDetail(id: string, person: string, text: string): Promise<() => Promise<void>> {
  const offer = `${person}:${text}`;
  const noteId = noteIds.get(offer) ?? newId();
  noteIds.set(offer, noteId);
  const note = await api.post<PersonNote>(`people/${person}/notes`, { id: noteId, text });
  setView(id, (view) => ({ ...view, notes: [note, ...view.notes.filter((n) => n.id !== note.id)] }));
  await offerAgain(id, "detail", false);
  noteIds.delete(offer);
  return async () => {
    await api.remove(`people/${person}/notes/${note.id}`);
    setView(id, (view) => ({ ...view, notes: view.notes.filter((n) => n.id !== note.id) }));
    await offerAgain(id, "detail", true);
  };
}

export async function turnTo(id: string, matter: string): Promise<void> {
  goOn(id, await api.post<Matter>(`conversations/${id}/matters/${matter}/turn`));
}

export async function dropMatter(id: string, matter: string): Promise<void> {
  goOn(id, await api.post<Matter>(`conversations/${id}/matters/${matter}/drop`));
}

/** Sets the step of a matter beside the current one: at closing it is solved. */
export async function stepOf(id: string, matter: string, step: Step): Promise<void> {
  goOn(id, await api.post<Matter>(`conversations/${id}/step`, { step, matter_id: matter }));
  if (matters.value?.id === id) await fetchMatters(id); // the list beside shows its step
}

/** Says which matter a message of the customer's is about. */
export async function fileUnder(id: string, message: string, matter: string): Promise<void> {
  goOn(id, await api.post<Matter>(`conversations/${id}/messages/${message}/matter`, { matter_id: matter }));
}
