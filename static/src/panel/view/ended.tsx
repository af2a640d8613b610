import { useState } from "preact/hooks";
import type { App } from "../app";
import { current, type Thread } from "../engine/model";
import { t } from "../words";
import type { Screen } from "./screen";

const STARS = [1, 2, 3, 4, 5];

/** Asks whether it is solved, then one thing more at most; nothing has to be answered. */
function Ask({ app, thread: { id, feedback } }: { app: App; thread: Thread }) {
  const [done, finish] = useState(false);
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
  if (done || feedback.comment) return <p role="status">{t("feedback.heard")}</p>;
  return (
    <>
      <fieldset class="stars">
        <legend>{t("feedback.rate")}</legend>
        {STARS.map((n) => (
          <label key={n} title={t("feedback.of", { n })}>
            <input type="radio" name="rating" aria-label={t("feedback.of", { n })} checked={feedback.rating === n} onChange={() => say({ rating: n })} />
            {n}
          </label>
        ))}
      </fieldset>
      {feedback.rating > 0 && <Comment send={(comment) => (comment ? say({ comment }) : finish(true))} />}
    </>
  );
}

function Comment({ send }: { send(comment: string): void }) {
  const [text, write] = useState("");
  return (
    <form onSubmit={(e) => (e.preventDefault(), send(text.trim()))}>
      <textarea rows={1} maxLength={1000} dir="auto" aria-label={t("feedback.comment")} placeholder={t("feedback.comment")} value={text} onInput={(e) => write(e.currentTarget.value)} />
      <button class="quiet" type="submit">{t(text.trim() ? "feedback.send" : "feedback.skip")}</button>
    </form>
  );
}

/** A closed conversation can be spoken of, gone on with, or left behind. */
export function Ended({ app, screen }: { app: App; screen: Screen }) {
  const thread = app.shown();
  if (thread?.state !== "closed") return null;
  const going = current(app.model.value);
  return (
    <div class="ended">
      {thread.agent && thread.loaded && <Ask key={thread.id} app={app} thread={thread} />}
      {app.model.value.unheard === thread.id && <p role="alert">{t("feedback.failed")}</p>}
      <span>{t("ended.note")}</span>
      {!going && <button type="button" class="quiet" onClick={() => screen.begin()}>{t("ended.again")}</button>}
    </div>
  );
}
