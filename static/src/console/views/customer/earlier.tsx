import { Plus } from "lucide-preact";
import type { Row } from "../../../wire/protocol";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { currentId, rowOf } from "../../state/conversation";
import { askAbout } from "../../state/order";
import { may } from "../../state/session";
import { Button } from "../../ui/button";
import { ago, exactTime } from "../../words";
import { Channel } from "../entry/channel";
import { Folded } from "./folded";

/** Earlier conversations with this customer, and what was entered by hand, readable in place. */
export function Earlier({ id, rows }: { id: string; rows: readonly Row[] }) {
  const enters = may("conversation.answer");
  if (rows.length === 0 && !enters) return null;
  return (
    <div class="section">
      <div class="section-head">
        <h4 class="grow">
          {t("earlier")} {rows.length > 0 && <span class="count">{rows.length}</span>}
        </h4>
        {enters && (
          <Button kind="quiet" onClick={() => askAbout("enter", [id])}>
            <Plus size={14} /> {t("enter_it")}
          </Button>
        )}
      </div>
      <ul class="earlier">
        {rows.map((row) => (
          <EarlierItem key={row.id} row={row} />
        ))}
      </ul>
    </div>
  );
}

function EarlierItem({ row }: { row: Row }) {
  return (
    <li>
      <Folded id={row.id} more={mayUnite(row) && <UniteThis id={currentId.value} other={row.id} />}>
        {row.channel && <Channel of={row.channel} />}
        <span class="grow earlier-text">
          <bdi>{row.last.text}</bdi>
        </span>
        <time title={exactTime(row.last.at)}>{ago(row.last.at, now.value)}</time>
      </Folded>
    </li>
  );
}

/** Could it become one with the conversation on screen, as far as is known here? */
const mayUnite = (row: Row) => !row.channel && !row.merged_into && !rowOf(currentId.value)?.channel && may("conversation.answer");

function UniteThis({ id, other }: { id: string; other: string }) {
  return (
    <button type="button" class="link" onClick={() => askAbout("unite", [id, other])}>
      {t("unite")}
    </button>
  );
}
