import "./dress";
import { Bookmark, X } from "lucide-preact";
import { useState } from "preact/hooks";
import type { ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { recalledNote, waveNote } from "../../state/recalled";
import { IconButton } from "../../ui/button";
import { ago } from "../../words";

/** What was noted about a customer who comes back, in one quiet line; sent away once, it stays away in this conversation. */
export function Recalled({ id, view }: { id: string; view: ConversationView }) {
  const [gone, go] = useState("");
  const note = recalledNote(id, view);
  if (!note || gone === note.id) return null;
  return (
    <p class="recalled">
      <Bookmark size={14} aria-hidden="true" />
      <bdi class="grow" title={t("recalled_by", { name: note.by.name, ago: ago(note.at, now.value) })}>
        {t("recalled", { text: note.text })} <span class="quiet">{ago(note.at, now.value)}</span>
      </bdi>
      <IconButton
        class="small"
        label={t("dismiss")}
        onClick={() => {
          waveNote(id, note);
          go(note.id);
        }}
      >
        <X size={14} />
      </IconButton>
    </p>
  );
}
