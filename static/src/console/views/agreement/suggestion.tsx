import { Handshake, MessageSquareQuote, X } from "lucide-preact";
import { signal } from "@preact/signals";
import type { ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openEditor } from "../../state/agreement";
import { worthA } from "../../state/cards";
import { Button, IconButton } from "../../ui/button";

/** Suggestions that were waved away, while this page lives. */
const dismissed = signal<ReadonlySet<string>>(new Set());

/** One quiet line where a card would be worth it; never for a plain question, and never twice. */
export function Suggestion({ id, view }: { id: string; view: ConversationView }) {
  const kind = worthA(view);
  const key = `${view.matter.id}:${kind}`;
  if (!kind || dismissed.value.has(key)) return null;
  const summary = kind === "summary";
  return (
    <p class="suggestion">
      {summary ? <MessageSquareQuote size={14} aria-hidden="true" /> : <Handshake size={14} aria-hidden="true" />}
      <span class="grow">{t(summary ? "worth_saying_back" : "worth_proposing")}</span>
      <Button kind="quiet" onClick={() => openEditor(id, kind)}>
        {t(summary ? "say_back" : "propose")}
      </Button>
      <IconButton class="small" label={t("dismiss")} onClick={() => (dismissed.value = new Set([...dismissed.value, key]))}>
        <X size={14} />
      </IconButton>
    </p>
  );
}
