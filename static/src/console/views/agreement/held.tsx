import { Send, Undo2 } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { rowOf } from "../../state/conversation";
import { held, hurry } from "../../state/held";
import { Button } from "../../ui/button";
import { Keys } from "../../ui/keys";
import { personName } from "../../words";
import { undoSend } from "../thread/sending";

/** How often the seconds are looked at, ms. */
const LOOK_MS = 200;

/** What waits to go out, of any conversation: the latest can be taken back, whichever is open now. */
export function HeldBar({ id }: { id: string }) {
  const last = held.value.at(-1);
  return (
    <>
      <p class="sr" role="status">
        {last ? t("held_said") : ""}
      </p>
      {last && (
        <div class="held-bar">
          <Left key={last.client_id} until={last.until} to={last.conversation_id === id ? "" : last.conversation_id} />
          <Button kind="quiet" onClick={undoSend}>
            <Undo2 size={14} class="mirror" /> {t("undo")} <Keys keys="Escape" />
          </Button>
          <Button kind="quiet" onClick={() => hurry()}>
            <Send size={14} class="mirror" /> {t("send_now")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The seconds that are left. to: the conversation it goes to, where that is not the one on screen. */
function Left({ until, to }: { until: number; to: string }) {
  const left = () => Math.max(1, Math.ceil((until - Date.now()) / 1_000));
  const [n, setN] = useState(left());
  useEffect(() => {
    const timer = setInterval(() => setN(left()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const row = to ? rowOf(to) : undefined;
  return <span class="held-left figures">{row ? t("held_for_to", { name: personName(row.person), n }) : t("held_for", { n })}</span>;
}
