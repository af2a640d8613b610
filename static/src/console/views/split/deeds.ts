import type { Row, Split } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { currentId, fetchConversation, hearRows } from "../../state/conversation";
import { putRow } from "../../state/lists";
import { asking } from "../../state/order";
import { soon } from "../../state/soon";
import { done, failed } from "../../state/toasts";

const named = (need: string) => ({ need: need || t("split_unnamed") });

function hear(row: Row): void {
  putRow(row);
  hearRows([row]);
}

/** What was refused, by chat: nobody writes it twice. */
const refused = new Map<string, Split>();

/** What was refused before in this chat, once. */
export function refusedIn(id: string): Split | undefined {
  const split = refused.get(id);
  refused.delete(id);
  return split;
}

/** Splits a matter off its chat, in a moment. */
export function splitSoon(id: string, split: Split, need: string): void {
  const stop = soon(() => void splitOff(id, split, need));
  done(t("split_soon", named(need)), () => {
    if (stop()) done(t("split_stopped"));
  });
}

async function splitOff(id: string, split: Split, need: string): Promise<void> {
  try {
    hear(await api.post<Row>(`conversations/${id}/split`, split));
    done(t("split_done", named(need)));
    if (currentId.value === id) await fetchConversation(id);
  } catch (err) {
    refused.set(id, split);
    if (currentId.value === id) asking.value ??= { what: "split", ids: [id] };
    failed(t("split_failed"), (err as ApiError).message);
  }
}

/** Says what came of it and closes it; false where it is not done, which has been said then. */
export async function finish(row: Row, words: string): Promise<boolean> {
  try {
    hear(await api.post<Row>(`conversations/${row.id}/close`, { words }));
    done(t("split_finished", named(row.last.text)));
    return true;
  } catch (err) {
    failed(t("split_not_finished"), (err as ApiError).message);
    return false;
  }
}

/** Lets what was split off go on in its chat, in a moment. */
export function bringBackSoon(row: Row): void {
  const stop = soon(() => void bringBack(row));
  done(t("split_back_soon", named(row.last.text)), () => {
    if (stop()) done(t("split_back_stopped"));
  });
}

async function bringBack(row: Row): Promise<void> {
  try {
    const into = await api.post<Row>(`conversations/${row.id}/unite`, { into: row.split_from, from: row.assignee?.id ?? "", into_has: "" });
    hear(into);
    done(t("split_back_done", named(row.last.text)));
    if (currentId.value === row.id) openConversation(into.id);
    else if (currentId.value === into.id) await fetchConversation(into.id);
  } catch (err) {
    failed(t("split_back_failed"), (err as ApiError).message);
  }
}
