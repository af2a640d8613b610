import { CalendarCheck, Gift, Handshake, Hourglass, MessageSquareQuote } from "lucide-preact";
import { t } from "../../i18n";
import { editor, openEditor, type EditorKind } from "../../state/agreement";
import { cardDraft } from "../../state/cards";
import { IconButton } from "../../ui/button";

/** What can be done beside plain words: say it back, propose, hold, promise. A dot says that one is begun. */
export function Deeds({ id }: { id: string }) {
  const deed = (kind: EditorKind, label: string, keys: string, icon: preact.JSX.Element, begun = false) => (
    <IconButton label={begun ? t("begun", { what: label }) : label} keys={keys} aria-pressed={editor.value?.id === id && editor.value.kind === kind} class={begun ? "begun" : ""} onClick={() => openEditor(id, kind)}>
      {icon}
    </IconButton>
  );
  return (
    <span class="deeds" role="group" aria-label={t("agree")}>
      {deed("summary", t("say_back"), "alt+b", <MessageSquareQuote size={18} />, cardDraft(id, "summary") !== null)}
      {deed("proposal", t("propose"), "alt+p", <Handshake size={18} />, cardDraft(id, "proposal") !== null)}
      {deed("hold", t("hold"), "alt+w", <Hourglass size={18} />)}
      {deed("promise", t("make_promise"), "", <CalendarCheck size={18} />)}
      {deed("grant", t("give_goodwill"), "alt+g", <Gift size={18} />)}
    </span>
  );
}
