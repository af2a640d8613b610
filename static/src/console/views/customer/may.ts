import type { Agent, PersonNote } from "../../../wire/protocol";

/** Whoever looks after the team removes any note; the others their own. */
export const mayRemove = (note: PersonNote, agent: Agent): boolean => agent.role !== "agent" || note.by.id === agent.id;
