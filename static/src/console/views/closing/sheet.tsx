import { useEffect, useState } from "preact/hooks";
import type { ClosingView, ConversationView } from "../../../wire/protocol";
import { api } from "../../api";
import { close as closeConversation } from "../../desk";
import { t } from "../../i18n";
import { unfollowed } from "../../state/agreement";
import { stillOpen } from "../../state/closing";
import { isClosed } from "../../state/conversation";
import { endingOf, keepEnding, type LastWords } from "../../state/ending";
import { nextHole } from "../../state/template";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Keys } from "../../ui/keys";
import { EditorFrame } from "../agreement/frame";
import { mayAnswer, say } from "../thread/sending";
import { Farewell } from "./farewell";
import { LaterMissing, LaterWord, settleLater, useLater } from "./later";
import { Open } from "./open";

interface Props {
  id: string;
  view: ConversationView;
  close: () => void;
}

/** What may be said and left behind before a conversation closes; each part of it can be left out. */
export function ClosingSheet({ id, view, close }: Props) {
  const { ending, error, fetchIt } = useEnding(id);
  const [last, setLast] = useState<LastWords>(() => endingOf(id).last ?? { text: "", template: "", own: false });
  const write = (words: LastWords) => {
    setLast(words);
    if (words.own) keepEnding(id, { last: words });
  };
  const later = useLater(view, ending?.follow_up);
  const [lack, setLack] = useState("");
  const work = useWork();
  const closed = isClosed(id);
  useEffect(() => {
    if (!closed) return;
    keepEnding(id, null);
    close();
  }, [closed]);

  const text = last.text.trim();
  const finish = (thenClose: boolean) => {
    const hole = nextHole(text, 0);
    const missing = hole ? t("hole_left", { name: hole.key }) : "";
    setLack(missing);
    if (missing || work.busy) return;
    work.run(async () => {
      if (text && !(await mayAnswer(id))) return;
      // While it is not known what is planned, that stays as it is.
      if (ending) await settleLater(id, later.value, ending.follow_up);
      const noFollowUp = ending !== null && later.value.when === "none";
      if (noFollowUp) unfollowed.add(id);
      else if (ending) unfollowed.delete(id);
      keepEnding(id, null);
      close();
      if (text) say(id, text, { templates: last.template ? [last.template] : [], thenClose, noFollowUp });
      else if (thenClose) void closeConversation(id);
    });
  };
  const begun = text !== "" || later.value.when === "one" || later.value.when === "two";
  return (
    <EditorFrame
      title={t("before_closing")}
      lead={t("before_closing_lead")}
      yes={t(text ? "send_and_close" : "close_conversation")}
      busy={work.busy}
      error={work.field ? "" : work.error}
      submit={() => finish(true)}
      close={close}
      more={
        <>
          <span class="grow quiet plainly">
            <Keys keys="alt+e" /> {t("close_plainly")}
          </span>
          {begun && (
            <Button kind="quiet" onClick={() => finish(false)}>
              {t(text ? "only_send" : "only_plan")}
            </Button>
          )}
        </>
      }
    >
      <Open id={id} open={stillOpen(view, ending?.matters)} settled={fetchIt} />
      <Farewell view={view} words={ending?.words} last={last} lack={lack} error={error} retry={fetchIt} write={write} />
      {ending && <LaterWord view={view} later={later} planned={ending.follow_up} error={work.field === "text" ? work.error : undefined} />}
      {error && !ending && <LaterMissing retry={fetchIt} />}
    </EditorFrame>
  );
}

/** What the server knows of this ending; without it the sheet does as well. */
function useEnding(id: string): { ending: ClosingView | null; error: boolean; fetchIt: () => void } {
  const [ending, show] = useState<ClosingView | null>(null);
  const [error, fail] = useState(false);
  const fetchIt = () => {
    fail(false);
    api.get<ClosingView>(`conversations/${id}/closing`).then(show, () => fail(true));
  };
  useEffect(fetchIt, [id]);
  return { ending, error, fetchIt };
}
