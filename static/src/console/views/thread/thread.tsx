import { useEffect } from "preact/hooks";
import { current, fetchConversation, rowOf, watched } from "../../state/conversation";
import { room } from "../../state/room";
import { may, me, solo } from "../../state/session";
import { whispering } from "../../state/whispers";
import { t } from "../../i18n";
import { Skeleton, Trouble } from "../../ui/state";
import { Beside, Here } from "../agreement/lazy";
import { Heard, Oversee } from "../oversee/lazy";
import { InPublic } from "../public/lazy";
import { Entered } from "../entry/lazy";
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
          {row && (watched.value === id || whispering.value === id) && <Oversee row={row} />}
          {!solo.value && row?.assignee?.id === me.value?.agent.id && <Heard key={`heard-${id}`} id={id} view={view} />}
          {row?.public && <InPublic id={id} view={view} />}
          {view.entry ? <Entered entry={view.entry} /> : may("conversation.answer") ? <Composer key={`composer-${id}`} id={id} /> : <p class="read-only quiet">{t("read_only")}</p>}
        </>
      ) : opened?.status === "error" ? (
        <Trouble message={opened.error} retry={() => void fetchConversation(id)} />
      ) : (
        <Skeleton kind="bubble" lines={5} />
      )}
    </div>
  );
}
