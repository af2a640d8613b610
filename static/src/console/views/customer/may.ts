import type { Me, PersonNote } from "../../../wire/protocol";

/** Whoever looks after the team removes any note; the others their own. */
export const mayRemove = (note: PersonNote, self: Pick<Me, "agent" | "may">): boolean => note.by.id === self.agent.id || self.may.includes("note.remove");
