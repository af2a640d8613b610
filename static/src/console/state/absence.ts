/** One agent's absence and their promises, as the server tells it. */
import type { AbsenceView } from "../../wire/protocol";
import { api } from "../api";

const place = (agent: string) => `agents/${agent}/absence`;

export const readAbsence = (agent: string) => api.get<AbsenceView>(place(agent));
export const setAbsence = (agent: string, until: number, to_id: string) => api.put<AbsenceView>(place(agent), { until, to_id });
export const endAbsence = (agent: string) => api.remove<AbsenceView>(place(agent));
