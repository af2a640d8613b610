import type { App } from "../app";
import { opensAt } from "../../wire/opening";
import { current, promisesOf } from "../engine/model";
import { plural, t } from "../words";
import { Avatar, Faces } from "./avatar";
import { Icon } from "./icons";
import { Popover } from "./popover";
import type { Screen } from "./screen";
import { due } from "./time";

function status(app: App): string {
  const { presence } = app.model.value;
  const agent = app.shown()?.agent;
  if (agent && app.shown()?.state !== "closed") return t("presence.with", { agent: agent.name });
  const opens = opensAt(app.config.hours);
  if (opens) return t("presence.opens", { time: due(opens) });
  if (opens === 0) return t("presence.closed");
  if (presence.status === "away") return t("presence.away_short");
  const [first, second, ...more] = presence.agents.map((a) => a.name);
  if (!first) return t("presence.online");
  if (!second) return t("presence.one", { first });
  return more.length ? plural("presence.more", more.length, { first, second }) : t("presence.two", { first, second });
}

function More({ app, screen }: { app: App; screen: Screen }) {
  const model = app.model.value;
  const thread = app.shown();
  const going = current(model);
  const item = (label: string, act: () => void) => (
    <button type="button" role="menuitem" tabIndex={-1} onClick={act}>{label}</button>
  );
  return (
    <Popover label={t("panel.menu")} icon="more" role="menu" className="menu">
      {(close) => {
        const then = (act: () => void) => () => {
          close();
          act();
        };
        return (
          <>
            <button
              type="button" role="menuitemcheckbox" tabIndex={-1} aria-checked={!model.quiet}
              onClick={then(() => app.run({ do: "quiet", on: !model.quiet }))}
            >
              {t("menu.sound")}
              {!model.quiet && <Icon name="check" />}
            </button>
            {model.threads.length > 0 && item(t("menu.earlier"), then(() => screen.show("earlier")))}
            {promisesOf(model).length > 0 && item(t("menu.promises"), then(() => screen.show("promises")))}
            {model.person && item(t("menu.known"), then(() => screen.show("known")))}
            {thread && thread.seq > 0 && item(t(app.config.copies ? "menu.copy" : "menu.save"), then(() => screen.show("copy")))}
            {app.config.quick && thread && item(t("menu.answers"), then(() => screen.show("answers")))}
            {!going && thread && !app.reads() && item(t("menu.new"), then(() => screen.begin()))}
            {going && thread === going && going.seq > 0 && item(t("menu.end"), then(() => app.run({ do: "end", conversation: going.id })))}
          </>
        );
      }}
    </Popover>
  );
}

/** Who we are and whether somebody is there; before the first word it also greets. */
export function Header({ app, screen }: { app: App; screen: Screen }) {
  const { presence } = app.model.value;
  const thread = app.shown();
  const agent = thread?.state === "closed" ? null : thread?.agent;
  const greeting = !thread && screen.name.value === "thread";
  const faces = agent ? [agent] : presence.agents;
  const shown = opensAt(app.config.hours) === null ? presence.status : "away";
  return (
    <header class={greeting ? "head greeting" : "head"}>
      <div class="bar">
        {screen.name.value !== "thread" && (
          <button type="button" class="round" aria-label={t("panel.back")} title={t("panel.back")} onClick={() => screen.show("thread")}>
            <Icon name="back" />
          </button>
        )}
        {greeting && app.config.picture && <img class="logo" src={app.config.picture} alt="" />}
        {!greeting && faces.length > 0 && (agent ? <Avatar agent={agent} /> : <Faces agents={faces} />)}
        <div class="who">
          <h1><bdi>{app.config.name}</bdi></h1>
          {!greeting && (
            <p class={`status ${shown}`}>{status(app)}</p>
          )}
        </div>
        <More app={app} screen={screen} />
        {!app.alone && (
          <button type="button" class="round" aria-label={t("panel.close")} title={t("panel.close")} onClick={() => app.close()}>
            <Icon name={app.full.value ? "close" : "fold"} />
          </button>
        )}
      </div>
      {greeting && (
        <div class="welcome">
          {faces.length > 0 && <Faces agents={faces} />}
          <p class="hello" dir="auto">{app.invitation.value || app.config.greeting}</p>
          <p class={`status ${shown}`}>
            {opensAt(app.config.hours) === null && presence.status === "away" ? t("presence.away") : status(app)}
          </p>
        </div>
      )}
    </header>
  );
}
