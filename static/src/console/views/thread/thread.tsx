import { useEffect } from "preact/hooks";
import { current, fetchConversation, rowOf } from "../../state/conversation";
import { room } from "../../state/room";
import { may } from "../../state/session";
import { t } from "../../i18n";
import { Skeleton, Trouble } from "../../ui/state";
import { Beside, Here } from "../agreement/lazy";
import { Announcer } from "./announcer";
import { Composer } from "./composer";
import { Head } from "./head";
import { History } from "./history";

/** The conversation itself: who it is with, what was said, and the place to answer. */
export function Thread({ id }: { id: string }) {
  const opened = current.value;
  const view = opened?.view;
  const row = rowOf(id);
  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (room.value !== "narrow") document.querySelector<HTMLTextAreaElement>(".composer textarea")?.focus({ preventScroll: true });
  }, [id, !!view]);

  return (
    <div class="thread">
      {row && <Head row={row} />}
      {view ? (
        <>
          <Here id={id} view={view} />
          <History key={id} id={id} opened={opened} />
          <Announcer key={`announce-${id}`} view={view} />
          <Beside key={`beside-${id}`} id={id} view={view} />
          {may("conversation.answer") ? <Composer key={`composer-${id}`} id={id} /> : <p class="read-only quiet">{t("read_only")}</p>}
        </>
      ) : opened?.status === "error" ? (
        <Trouble message={opened.error} retry={() => void fetchConversation(id)} />
      ) : (
        <Skeleton kind="bubble" lines={5} />
      )}
    </div>
  );
}
