import { Eye } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Hands, Row } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { deskPath, openConversation } from "../../nav";
import { now } from "../../state/clock";
import { lookOn } from "../../state/conversation";
import { may, me } from "../../state/session";
import { IconButton } from "../../ui/button";
import { Face } from "../../ui/face";
import { Skeleton, Trouble } from "../../ui/state";
import { personName, stopwatch } from "../../words";
import { drag, pick, picked } from "./picked";

/** Conversations on the board; who may take over chooses some to move, and looks on in them. */
export function Rows({ rows, label }: { rows: readonly Row[]; label: string }) {
  const moves = may("conversation.take_over");
  return (
    <ul class="board-waits" aria-label={label}>
      {rows.map((row) => (
        <li key={row.id} class={picked.value.has(row.id) ? "on" : ""}>
          {moves && (
            <input type="checkbox" class="board-pick" checked={picked.value.has(row.id)} onChange={(e) => pick(row, e.currentTarget.checked)} aria-label={t("board_pick", { name: personName(row.person) })} />
          )}
          <a href={"/console" + deskPath("open", row.id)} draggable={moves} onDragStart={() => drag(row)}>
            <Face id={row.person.id} name={row.person.name} size="small" />
            <bdi class="board-name">{personName(row.person)}</bdi>
            <span class="board-said quiet" dir="auto">
              {row.last.text}
            </span>
            <span class="quiet">{row.assignee ? <bdi>{row.assignee.name}</bdi> : t("board_queue")}</span>
            <span class="figures">{row.waiting_since > 0 ? stopwatch(now.value - row.waiting_since) : t("board_answered")}</span>
          </a>
          {moves && <Watch row={row} />}
        </li>
      ))}
    </ul>
  );
}

/** Looks on in what a colleague has. */
function Watch({ row }: { row: Row }) {
  if (!row.assignee || row.assignee.id === me.value?.agent.id) return <span class="board-no-watch" />;
  const go = () => {
    lookOn(row.id);
    openConversation(row.id);
  };
  return (
    <IconButton label={t("board_watch", { name: personName(row.person) })} onClick={go}>
      <Eye size={17} />
    </IconButton>
  );
}

/** What an agent has on a site, or with agent "" its queue; read again whenever the board was. */
export function Held({ site, agent, label, turn }: { site: string; agent: string; label: string; turn: unknown }) {
  const [held, show] = useState<Hands | null>(null);
  const [error, fail] = useState("");
  const read = () =>
    api.get<Hands>(`board/rows?site=${site}&agent=${agent}`).then(
      (h) => {
        show(h);
        fail("");
      },
      (err: ApiError) => fail(err.message),
    );
  useEffect(() => void read(), [site, agent, turn]);
  if (!held) return error ? <Trouble message={error} retry={() => void read()} /> : <Skeleton kind="row" lines={2} />;
  if (held.rows.length === 0) return <p class="quiet">{t("board_has_none")}</p>;
  return (
    <>
      <Rows rows={held.rows} label={label} />
      {held.more && <p class="quiet">{t("board_more", { n: held.rows.length })}</p>}
    </>
  );
}
