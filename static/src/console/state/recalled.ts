/** Which note about a customer comes up again when they come back. */
import type { ConversationView, PersonNote } from "../../wire/protocol";
import { keep, recall } from "./storage";

/** How long a note is at most to stand in one line, characters. */
const LINE = 200;
/** Of how many conversations it is remembered which note was sent away. */
const KEPT = 100;

/** Note by conversation, latest last. */
type Waved = [conversation: string, note: string][];
const waved = (): Waved => recall<Waved>("recalled", []);

/** When this visit began: with the conversation, or when it was opened again last; 0 where that is not held here. */
function began(view: Pick<ConversationView, "messages" | "events" | "more">): number {
  const again = view.events.findLast((e) => e.type === "conversation.reopened");
  return again?.at ?? (view.more ? 0 : (view.messages[0]?.at ?? 0));
}

/** The latest note from before this visit; nothing where it is over, the note is long, or it was sent away. */
export function recalledNote(id: string, view: Pick<ConversationView, "notes" | "messages" | "events" | "more" | "row">): PersonNote | null {
  if (view.row.state === "closed") return null;
  const note = view.notes.find((n) => n.at < began(view) && n.text.length <= LINE);
  return note && !waved().some(([c, n]) => c === id && n === note.id) ? note : null;
}

export function waveNote(id: string, note: PersonNote): void {
  keep("recalled", [...waved().filter(([c]) => c !== id), [id, note.id]].slice(-KEPT));
}
