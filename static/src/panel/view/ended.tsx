import type { App } from "../app";
import { current, goesOn } from "../engine/model";
import { t } from "../words";
import { part } from "./part";
import type { Screen } from "./screen";

/** A rating that cannot be fetched is not asked for. */
const Ask = part(async () => (await import("./ask")).Ask, true);

function Unended({ app, id }: { app: App; id: string }) {
  const again = () => {
    app.run({ do: "end", conversation: id });
    // This button goes.
    app.focusAsked.value++;
  };
  return (
    <div class="ended" role="alert">
      <span>{t("ended.failed")}</span>
      <button type="button" class="quiet" onClick={again}>{t("thread.again")}</button>
    </div>
  );
}

/** A closed conversation can be spoken of, gone on with, or left behind; one that could not be closed says so. */
export function Ended({ app, screen }: { app: App; screen: Screen }) {
  const thread = app.shown();
  if (thread && thread.state !== "closed" && thread.id === app.model.value.unended) return <Unended app={app} id={thread.id} />;
  if (thread?.state !== "closed" || goesOn(thread)) return null;
  const going = current(app.model.value);
  return (
    <div class="ended">
      {thread.agent && thread.loaded && <Ask key={thread.id} app={app} thread={thread} />}
      {app.model.value.unheard === thread.id && <p role="alert">{t("state.failed")}</p>}
      {thread.loaded && <button type="button" class="quiet" onClick={() => screen.show("copy")}>{t(app.config.copies ? "menu.copy" : "menu.save")}</button>}
      {!app.reads() && <span>{t("ended.note")}</span>}
      {!going && !app.reads() && <button type="button" class="quiet" onClick={() => screen.begin()}>{t("ended.again")}</button>}
    </div>
  );
}
