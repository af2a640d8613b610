import type { App } from "../app";
import { plural, t } from "../words";
import { Avatar } from "./avatar";
import type { Screen } from "./screen";
import { brief, exact } from "./time";

/** All conversations of this visitor, latest first. */
export function Earlier({ app, screen }: { app: App; screen: Screen }) {
  const { threads } = app.model.value;
  return (
    <div class="earlier">
      <h2>{t("earlier.title")}</h2>
      {threads.length === 0 && <p class="note">{t("earlier.none")}</p>}
      <ul>
        {threads.map((thread) => (
          <li key={thread.id}>
            <button type="button" onClick={() => screen.open(thread.id)}>
              <Avatar agent={thread.agent ?? { id: "team", name: app.config.name, picture: "" }} />
              <span class="text">
                <span class="top">
                  <bdi>{thread.agent?.name ?? app.config.name}</bdi>
                  <time dateTime={new Date(thread.last.at).toISOString()} title={exact(thread.last.at)}>{brief(thread.last.at)}</time>
                </span>
                <span class="preview" dir="auto">
                  {thread.last.by === "person" ? t("earlier.you", { text: thread.last.text }) : thread.last.text}
                </span>
                <span class="end">
                  <span class={thread.state === "closed" ? "" : "open"}>{t(thread.state === "closed" ? "earlier.ended" : "earlier.open")}</span>
                  {thread.unread > 0 && <b>{plural("earlier.unread", thread.unread)}</b>}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
