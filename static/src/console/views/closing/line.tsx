import { DoorOpen } from "lucide-preact";
import type { ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openEditor } from "../../state/agreement";
import { stillOpen } from "../../state/closing";
import { isClosed, rowOf } from "../../state/conversation";
import { me } from "../../state/session";
import { Button } from "../../ui/button";
import { Keys } from "../../ui/keys";
import { Line } from "../agreement/suggestion";

/** At the end of one's own conversation one quiet line says that there is more than closing it, and what is open. */
export function ClosingLine({ id, view }: { id: string; view: ConversationView }) {
  if (view.matter.step !== "closing" || isClosed(id) || rowOf(id)?.assignee?.id !== me.value?.agent.id) return null;
  const { promises, cards } = stillOpen(view);
  const n = promises.length + cards.length;
  return (
    <Line of={`closing:${view.matter.id}`} icon={<DoorOpen size={14} aria-hidden="true" />} text={n > 0 ? t("n_still_open", { n }) : t("before_closing_line")}>
      <Button kind="quiet" onClick={() => openEditor(id, "closing")}>
        {t("before_closing")} <Keys keys="alt+s" />
      </Button>
    </Line>
  );
}
