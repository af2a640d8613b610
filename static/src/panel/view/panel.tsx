import { useEffect, useMemo } from "preact/hooks";
import type { App } from "../app";
import { current } from "../engine/model";
import { t } from "../words";
import { Announcer } from "./announcer";
import { Banner } from "./banner";
import { Composer } from "./composer";
import { Earlier } from "./earlier";
import { Header } from "./header";
import { NextPromise, Promises } from "./promise";
import { Screen } from "./screen";
import { Thread } from "./thread";

/** A closed conversation can be gone on with, or left behind. */
function Ended({ app, screen }: { app: App; screen: Screen }) {
  if (app.shown()?.state !== "closed") return null;
  const going = current(app.model.value);
  return (
    <p class="ended">
      <span>{t("ended.note")}</span>
      {!going && <button type="button" class="quiet" onClick={() => screen.begin()}>{t("ended.again")}</button>}
    </p>
  );
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
      ) : (
        <>
          <NextPromise app={app} screen={screen} />
          <Thread app={app} key={app.shown()?.id ?? "new"} />
          <Ended app={app} screen={screen} />
          <Composer app={app} />
        </>
      )}
      <Announcer app={app} />
    </div>
  );
}
