/** What is asked about a closed conversation, fetched with the first that closes. */
import { useState } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import type { App } from "../app";
import type { Thread } from "../engine/model";
import css from "../styles/ask.css?sheet";
import { t } from "../words";

wear(css);

const STARS = [1, 2, 3, 4, 5];

/** Asks whether it is solved, then one thing more at most; nothing has to be answered. */
export function Ask({ app, thread: { id, feedback } }: { app: App; thread: Thread }) {
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
