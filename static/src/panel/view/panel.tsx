import { useEffect, useMemo } from "preact/hooks";
import type { App } from "../app";
import { t } from "../words";
import { Announcer } from "./announcer";
import { Banner } from "./banner";
import { Composer } from "./composer";
import { Ended } from "./ended";
import { Header } from "./header";
import { part } from "./part";
import { NextPromise } from "./promise";
import { Screen } from "./screen";
import { Thread } from "./thread";

const Earlier = part(async () => (await import("./lists")).Earlier);
const Answers = part(async () => (await import("./answers")).Answers);
const Form = part(async () => (await import("./form")).Form);
const Leave = part(async () => (await import("./leave")).Leave, true);
const Known = part(async () => (await import("./known")).Known);
const Copy = part(async () => (await import("./copy")).Copy);
const Promises = part(async () => (await import("./lists")).Promises);

/** The conversation in which somebody waits and had an automatic word, "" for none. */
function waits(app: App): string {
  const thread = app.shown();
  const last = thread?.entries.findLast((e) => e.kind === "said");
  return thread?.state === "waiting" && last?.message.kind === "auto" ? thread.id : "";
}

export function Panel({ app }: { app: App }) {
  const screen = useMemo(() => new Screen(app), [app]);
  useEffect(() => {
    const onKeyDown = (e: KeyboardEvent) => e.key === "Escape" && !e.isComposing && app.close();
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [app]);
  return (
    <div class="panel" role="dialog" aria-modal={app.full.value} aria-label={t("panel.label", { site: app.config.name })}>
      <Header app={app} screen={screen} />
      <Banner app={app} />
      {screen.name.value === "earlier" ? (
        <Earlier app={app} screen={screen} />
      ) : screen.name.value === "promises" ? (
        <Promises app={app} />
      ) : screen.name.value === "known" ? (
        <Known app={app} screen={screen} />
      ) : screen.name.value === "copy" ? (
        <Copy app={app} />
      ) : screen.name.value === "answers" ? (
        <Answers app={app} screen={screen} />
      ) : app.asks() ? (
        <Form app={app} form={app.config.form!} away={app.asks() === "away"} />
      ) : (
        <>
          {app.config.quick && !app.shown() && <Answers app={app} screen={screen} />}
          <NextPromise app={app} screen={screen} />
          <Thread app={app} key={app.shown()?.id ?? "new"} />
          {waits(app) && <Leave key={waits(app)} app={app} id={waits(app)} />}
          <Ended app={app} screen={screen} />
          {app.reads() ? <p class="ended" role="status">{t("composer.signed_only")}</p> : <Composer app={app} />}
        </>
      )}
      <Announcer app={app} />
    </div>
  );
}
