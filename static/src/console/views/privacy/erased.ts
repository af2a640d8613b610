import { t } from "../../i18n";
import { deskPath, go } from "../../nav";
import { currentId, dropConversation } from "../../state/conversation";
import { dropDraft } from "../../state/drafts";
import { dropRows, list } from "../../state/lists";
import { done } from "../../state/toasts";
import "./dress";

/** These conversations are gone for good: from the lists, the screen, and what this browser has kept. */
export function hearErased(ids: readonly string[]): void {
  const here = ids.includes(currentId.value);
  dropRows(ids);
  for (const id of ids) {
    dropConversation(id);
    dropDraft(id);
  }
  if (!here) return;
  go(deskPath(list.value), true);
  done(t("erased_here"));
}
