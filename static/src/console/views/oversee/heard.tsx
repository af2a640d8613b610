import { MessageCircleMore, X } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { heard } from "../../state/whispers";
import { Button, IconButton } from "../../ui/button";
import { useWhisper } from "./deeds";
import { putAside, whispersIn } from "./whispers";

/** What supervisors whisper, right above the composer. It takes room from the thread and never the focus. */
export function Heard({ id, view }: { id: string; view: ConversationView }) {
  const list = whispersIn(view);
  const last = list.at(-1);
  useEffect(() => {
    heard.value = last ? { id, seq: last.seq, text: last.text } : null;
    return () => (heard.value = null);
  }, [id, last?.seq]);
  return (
    <section class="whispers" aria-label={t("whispers")} aria-live="polite">
      {list.map((w) => (
        <article class="whisper" key={w.seq}>
          <MessageCircleMore size={16} aria-hidden="true" />
          <p class="grow">
            <span class="quiet">{t("whisper_from", { name: w.by })}</span> <span dir="auto">{w.text}</span>
          </p>
          <Button onClick={() => useWhisper({ id, ...w })} title={t("whisper_keys")}>
            {t("whisper_use")}
          </Button>
          <IconButton class="small" label={t("whisper_aside")} keys="alt+shift+x" onClick={() => putAside(id, w.seq)}>
            <X size={15} />
          </IconButton>
        </article>
      ))}
    </section>
  );
}
