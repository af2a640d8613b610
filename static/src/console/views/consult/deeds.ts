/** What is done with questions between colleagues. */
import type { Consult } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchConsults } from "../../state/consults";
import { done } from "../../state/toasts";

/** Does it and says so; false when the server refused, which has been said then. What is open is read again either way. */
async function change(work: Promise<unknown>, said: string): Promise<boolean> {
  let good = true;
  try {
    await work;
    done(said);
  } catch (err) {
    explain(err);
    good = false;
  }
  await fetchConsults().catch(() => {});
  return good;
}

/** Asks a colleague or a team about a conversation; under the same client id it asks once, however often it is sent. */
export function ask(id: string, client_id: string, whom: { agent_id: string } | { team_id: string }, name: string, question: string): Promise<boolean> {
  return change(api.post(`conversations/${id}/consults`, { client_id, ...whom, question }), t("consult_asked", { name }));
}

export function answer(q: Consult, client_id: string, text: string): Promise<boolean> {
  return change(api.post(`consults/${q.id}/answer`, { client_id, text }), t("consult_answered", { name: q.by.name }));
}

export function drop(q: Consult): Promise<boolean> {
  return change(api.remove(`consults/${q.id}`), t("consult_dropped", { name: askedName(q) }));
}

/** Who is asked. */
export const askedName = (q: Consult) => q.to?.name ?? q.team ?? "";
