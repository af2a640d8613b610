import type { Row, UniteSide } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { currentId, fetchConversation, hearRows } from "../../state/conversation";
import { putRow } from "../../state/lists";
import { soon } from "../../state/soon";
import { done, failed } from "../../state/toasts";
import { personName } from "../../words";
import "./dress";

/**
 * Brings one conversation into the other, in a moment. It waits on this side: once it is done the
 * customer has been told, and what was told cannot be taken back.
 */
export function uniteSoon(goes: UniteSide, stays: UniteSide): void {
  const stop = soon(() => void unite(goes.row, stays.row));
  done(t("unite_soon"), () => {
    if (stop()) done(t("unite_stopped"));
  });
}

async function unite(goes: Row, stays: Row): Promise<void> {
  try {
    const row = await api.post<Row>(`conversations/${goes.id}/unite`, { into: stays.id, from: goes.assignee?.id ?? "", into_has: stays.assignee?.id ?? "" });
    putRow(row);
    hearRows([row]);
    done(t("unite_done", { name: personName(row.person) }));
    if (currentId.value === goes.id) openConversation(row.id);
    else if (currentId.value === row.id) await fetchConversation(row.id);
  } catch (err) {
    failed(t("unite_failed"), (err as ApiError).message);
  }
}
