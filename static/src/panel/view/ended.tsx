import { useState } from "preact/hooks";
import type { App } from "../app";
import { current, type Thread } from "../engine/model";
import { t } from "../words";
import type { Screen } from "./screen";

const STARS = [1, 2, 3, 4, 5];

/** Asks whether it is solved, then one thing more at most; nothing has to be answered. */
function Ask({ app, thread: { id, feedback } }: { app: App; thread: Thread }) {
  const say = (said: { solved?: "yes" | "not_yet"; rating?: number; comment?: string }) => app.run({ do: "feedback", conversation: id, said });
  if (!feedback?.solved) {
    return (
      <fieldset>
        <legend>{t("feedback.solved")}</legend>
        <button type="button" onClick={() => say({ solved: "yes" })}>{t("feedback.yes")}</button>
        <button type="button" onClick={() => say({ solved: "not_yet" })}>{t("feedback.not_yet")}</button>
      </fieldset>
    );
  }
  return (
    <>
      <fieldset>
        <legend aria-live="polite">{t(feedback.rating ? "feedback.heard" : "feedback.rate")}</legend>
        {STARS.map((n) => (
          <button key={n} type="button" aria-pressed={feedback.rating === n} onClick={() => say({ rating: n })}>{n}</button>
        ))}
      </fieldset>
      {feedback.rating > 0 && !feedback.comment && <Comment send={(comment) => say({ comment })} />}
    </>
  );
}

function Comment({ send }: { send(comment: string): void }) {
  const [text, write] = useState("");
  return (
    <form onSubmit={(e) => (e.preventDefault(), text.trim() && send(text))}>
      <textarea rows={1} maxLength={1000} dir="auto" placeholder={t("feedback.comment")} value={text} onInput={(e) => write(e.currentTarget.value)} />
      <button class="quiet">{t("composer.send")}</button>
    </form>
  );
}

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
  if (thread?.state !== "closed") return null;
  const going = current(app.model.value);
  return (
    <div class="ended">
      {thread.agent && thread.loaded && <Ask key={thread.id} app={app} thread={thread} />}
      {app.model.value.unheard === thread.id && <p role="alert">{t("state.failed")}</p>}
      <span>{t("ended.note")}</span>
      {!going && <button type="button" class="quiet" onClick={() => screen.begin()}>{t("ended.again")}</button>}
    </div>
  );
}
