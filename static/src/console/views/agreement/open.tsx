import type { ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openPromises } from "../../state/promises";
import { PromiseItem } from "./promise";

/** The open promises of a conversation, in the coach's column; nothing where there are none. */
export function OpenPromises({ view }: { id: string; view: ConversationView }) {
  const open = openPromises(view.promises);
  if (open.length === 0) return null;
  return (
    <section class="open-promises" aria-label={t("open_promises")}>
      <h4>{t("open_promises")}</h4>
      <ul>
        {open.map((p) => (
          <PromiseItem key={p.id} promise={p} />
        ))}
      </ul>
    </section>
  );
}
