import type { PersonMerge, Person } from "../../../wire/protocol";
import { api } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchConversation } from "../../state/conversation";
import { done } from "../../state/toasts";
import { personName } from "../../words";
import "./dress";

/** Lets one profile lead to the other, says so with a way back, and shows the conversation with whom it is now. */
export async function bringTogether(id: string, stays: string, goes: Person): Promise<void> {
  const merge = await api.post<PersonMerge>(`people/${stays}/same/${goes.id}`, { both_see: true });
  done(t("same_done"), () => void takeApart(stays, merge.id, id));
  await fetchConversation(id);
}

/** Asks first, and says what stays where. */
export async function askApart(stays: string, merge: PersonMerge, id: string): Promise<void> {
  const name = personName({ id: merge.id, name: merge.name || merge.email });
  if (await sure(t("same_undo_body", { name }))) await takeApart(stays, merge.id, id);
}

/** The same from the audit log, which holds no names. */
export async function askApartLogged(stays: string, merge: string): Promise<void> {
  if (await sure(t("same_undo_body_log"))) await takeApart(stays, merge);
}

const sure = (body: string) => ask({ title: t("same_undo_title"), body, yes: t("same_undo_do") });

async function takeApart(stays: string, merge: string, id = ""): Promise<void> {
  try {
    await api.remove(`people/${stays}/merges/${merge}`);
    done(t("same_undone"));
    if (id) await fetchConversation(id);
  } catch (err) {
    explain(err);
  }
}
