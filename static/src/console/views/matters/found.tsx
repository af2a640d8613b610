import "./dress";
import { BookmarkPlus, Split, X } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { ConversationView } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { raised, takeWish } from "../../state/agreement";
import { found, keepDetail, offerAgain, takeConcern } from "../../state/matters";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Button, IconButton } from "../../ui/button";
import { Keys } from "../../ui/keys";

/** One line that cites their words, taken with one key and waved away with another. */
export function Found({ id, view }: { id: string; view: ConversationView }) {
  const { concern, detail } = view.matter;
  if (found(view) === "concern") {
    return (
      <Offered id={id} what="concern" icon={<Split size={14} aria-hidden="true" />} text={t("concern_found", { text: concern!.text })} deed={t("concern_take")} said={t("concern_taken")} take={() => takeConcern(id, concern!)} />
    );
  }
  if (found(view) === "detail") {
    return (
      <Offered id={id} what="detail" icon={<BookmarkPlus size={14} aria-hidden="true" />} text={t("detail_found", { text: detail!.text })} deed={t("detail_keep")} said={t("detail_kept")} take={() => keepDetail(id, view.person.id, detail!.text)} />
    );
  }
  return null;
}

interface OfferedProps {
  id: string;
  what: "concern" | "detail";
  icon: ComponentChildren;
  text: string;
  /** What the button says, and what is said when it is done. */
  deed: string;
  said: string;
  /** Does it; the answer undoes it. */
  take: () => Promise<() => Promise<void>>;
}

function Offered({ id, what, icon, text, deed, said, take }: OfferedProps) {
  const work = useWork();
  const doing = (deed: () => Promise<unknown>) => !work.busy && work.run(() => deed().then(() => {}, explain));
  const undoing = (undo: () => Promise<void>) => () => void undo().catch(explain);
  const takeIt = () => doing(() => take().then((undo) => done(said, undoing(undo))));
  const wave = () => doing(() => offerAgain(id, what, false).then(() => done(t(what === "concern" ? "concern_waved" : "detail_waved"), undoing(() => offerAgain(id, what, true)))));
  useEffect(() => {
    const wish = takeWish(id, "take", "wave");
    if (wish) void (wish === "take" ? takeIt : wave)();
  }, [raised.value]);
  return (
    <p class="suggestion found" role="status">
      {icon}
      <bdi class="grow">{text}</bdi>
      <Button kind="quiet" busy={work.busy} onClick={takeIt}>
        {deed} <Keys keys="alt+A" />
      </Button>
      <IconButton class="small" label={t("dismiss")} keys="alt+X" onClick={wave}>
        <X size={14} />
      </IconButton>
    </p>
  );
}
