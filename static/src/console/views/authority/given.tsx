import type { ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { deskPath } from "../../nav";
import { now } from "../../state/clock";
import { ago, exactTime } from "../../words";
import { grantWords } from "./words";

/** How many are shown of a customer's history. */
const SHOWN = 5;

/** What this customer was given so far, in whichever conversation. */
export function Given({ view }: { view: ConversationView }) {
  const given = view.grants.filter((g) => g.state === "given").slice(0, SHOWN);
  if (given.length === 0) return null;
  return (
    <div class="section">
      <div class="section-head">
        <h4>{t("given_before")}</h4>
      </div>
      <ul class="given">
        {given.map((g) => (
          <li key={g.id}>
            <a href={"/console" + deskPath("open", g.conversation_id)}>
              <bdi>{grantWords(g)}</bdi>
            </a>{" "}
            <span class="quiet">
              {t(`reason_${g.reason}`)} · <bdi>{g.by.name}</bdi> · <time title={exactTime(g.at)}>{ago(g.at, now.value)}</time>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
