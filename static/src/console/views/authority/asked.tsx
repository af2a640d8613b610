import { CircleHelp } from "lucide-preact";
import { useId, useState } from "preact/hooks";
import type { Grant } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { asked } from "../../state/asked";
import { decide } from "../../state/authority";
import { now } from "../../state/clock";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { personName, stopwatch } from "../../words";
import { grantWords } from "./words";

/** What colleagues ask, on whatever page one is: the matter in short, yes or no, and a word to it. */
export function Asked() {
  if (asked.value.length === 0) return null;
  return (
    <section class="asked" aria-label={t("asked_of_you")}>
      {asked.value.map((g) => (
        <Question key={g.id} grant={g} />
      ))}
    </section>
  );
}

function Question({ grant: g }: { grant: Grant }) {
  const [words, set] = useState("");
  const work = useWork();
  const id = useId();
  const say = (yes: boolean) => work.run(() => decide(g, yes, words.trim()));
  return (
    // Enter after the words says neither yes nor no.
    <form class="question" aria-labelledby={id} onSubmit={(e) => e.preventDefault()}>
      <CircleHelp size={18} aria-hidden="true" />
      <div class="grow question-words">
        <p id={id} role="alert">
          <strong>
            <bdi>{t("asks_you", { name: g.by.name, what: grantWords(g), customer: personName(g.person) })}</bdi>
          </strong>{" "}
          · {t(`reason_${g.reason}`)}
        </p>
        <p class="quiet">
          {[g.note && `“${g.note}”`, g.summary].filter(Boolean).map((line) => (
            <bdi key={line}>{line} </bdi>
          ))}
          <button type="button" class="link" onClick={() => openConversation(g.conversation_id)}>
            {t("look_into_it")}
          </button>
        </p>
      </div>
      <input class="input" aria-label={t("your_words")} placeholder={t("your_words_hint")} maxLength={500} dir="auto" value={words} onInput={(e) => set(e.currentTarget.value)} />
      {g.state === "asked" && (
        <span class="due" title={t("your_time")}>
          {stopwatch(g.answer_by - now.value)}
        </span>
      )}
      <Button kind="primary" busy={work.busy} onClick={() => say(true)}>
        {t("approve")}
      </Button>
      <Button busy={work.busy} onClick={() => say(false)}>
        {t("refuse")}
      </Button>
      {work.error && (
        <span class="field-error" role="alert">
          {work.error}
        </span>
      )}
    </form>
  );
}
