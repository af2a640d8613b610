import type { ConversationView, Row } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { stepName } from "../../words";

/** What of this customer's is worked on beside the chat, and how it stands: for whoever talks to them. */
export function WorkedOn({ view }: { view: ConversationView }) {
  const rows = view.earlier.filter((r) => r.split_from && r.id !== view.row.id && r.state !== "closed");
  if (rows.length === 0) return null;
  return (
    <section class="worked-on" aria-label={t("split_beside")}>
      <h3>{t("split_beside")}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => openConversation(row.id)}>
              <bdi class="worked-need">{row.last.text || t("split_unnamed")}</bdi>
              <span class="quiet">
                <bdi>{stands(row)}</bdi> · {stepName(row.step)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const stands = (row: Row) => (row.snoozed_until ? t("split_sleeps") : (row.assignee?.name ?? t("split_waits")));
