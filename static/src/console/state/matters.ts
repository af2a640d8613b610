/** Several matters of one conversation, and what the coach has found in the customer's words besides. */
import { signal } from "@preact/signals";
import type { Matter, Matters, PersonNote } from "../../wire/protocol";
import { newId } from "../../wire";
import { api } from "../api";
import { currentId, setView, viewOf } from "./conversation";

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

/** Keeps what was found as a note about the customer; the answer takes it back. */
export async function keepDetail(id: string, person: string, text: string): Promise<() => Promise<void>> {
  const note = await api.post<PersonNote>(`people/${person}/notes`, { id: newId(), text });
  setView(id, (view) => ({ ...view, notes: [note, ...view.notes.filter((n) => n.id !== note.id)] }));
  await offerAgain(id, "detail", false);
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

/** Says which matter a message of the customer's is about. */
export async function fileUnder(id: string, message: string, matter: string): Promise<void> {
  goOn(id, await api.post<Matter>(`conversations/${id}/messages/${message}/matter`, { matter_id: matter }));
}
