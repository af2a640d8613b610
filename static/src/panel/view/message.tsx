import type { App } from "../app";
import { t } from "../words";
import { Avatar } from "./avatar";
import { Icon } from "./icons";
import { Sent } from "./files-lazy";
import { LinkCard } from "./link";
import { Markdown } from "./markdown";
import type { MessageRow, SendState } from "./rows";
import { clock, exact } from "./time";
import { Why } from "./why";

const marks = {
  sending: { icon: "clock", key: "state.sending" },
  sent: { icon: "check", key: "state.sent" },
  delivered: { icon: "checks", key: "state.delivered" },
  read: { icon: "checks", key: "state.read" },
  failed: { icon: "alert", key: "state.failed" },
} as const satisfies Record<SendState, object>;

function State({ app, row }: { app: App; row: MessageRow }) {
  if (!row.state) return null;
  const { icon, key } = marks[row.state];
  return (
    <p class={`state ${row.state}`}>
      <span><Icon name={icon} /> {t(key)}</span>
      {row.pending?.failed && (
        <>
          <Why failure={row.pending.failed} />
          <button type="button" onClick={() => app.run({ do: "retry", id: row.key })}>{t("state.retry")}</button>
          <button type="button" onClick={() => takeBack(app, row)}>{t("state.discard")}</button>
        </>
      )}
    </p>
  );
}

/** Words and files go back into the composer: nothing that was written is thrown away. */
function takeBack(app: App, row: MessageRow): void {
  if (row.files && app.bring?.(row.files)) return;
  app.draft.value = app.draft.value ? `${row.text}\n${app.draft.value}` : row.text;
  app.run({ do: "discard", id: row.key });
  app.focusAsked.value++;
}

/** One message; name and time stand once per group. */
export function MessageItem({ app, row }: { app: App; row: MessageRow }) {
  const name = row.own ? t("thread.you") : row.author.name || app.config.name;
  const kind = row.own ? "own" : "other";
  return (
    <li class={`message ${kind}${row.first ? " first" : ""}${row.last ? " last" : ""}`}>
      {row.first && (
        <p class="by">
          <bdi class={row.own ? "hidden" : ""}>{name}</bdi>
          {row.automatic && <span>{t("thread.automatic")}</span>}
          <time dateTime={new Date(row.at).toISOString()} title={exact(row.at)}>{clock(row.at)}</time>
        </p>
      )}
      {!row.own && row.last && <Avatar agent={{ id: row.author.id || "team", name, picture: "" }} />}
      <div class="bubble" title={exact(row.at)}>
        {row.text && <Markdown text={row.text} />}
        {row.files && <Sent app={app} files={row.files} under={row.pending !== null} />}
      </div>
      {row.link && <LinkCard link={row.link} />}
      <State app={app} row={row} />
    </li>
  );
}
