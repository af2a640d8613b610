/** Marking a conversation as public. */
import type { Row } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { hearRows } from "../../state/conversation";
import { putRow } from "../../state/lists";
import { done } from "../../state/toasts";

/** Says whether everybody may read along, and offers the way back. */
export async function markPublic(id: string, on: boolean): Promise<void> {
  try {
    const row = await api.put<Row>(`conversations/${id}/public`, { on });
    putRow(row);
    hearRows([row]);
    done(t(on ? "public_marked" : "public_unmarked"), () => void markPublic(id, !on));
  } catch (err) {
    explain(err);
  }
}
