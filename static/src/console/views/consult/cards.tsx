import { useState } from "preact/hooks";
import { newId } from "../../../wire";
import { LIMITS } from "../../../wire/protocol";
import type { Consult } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { aside, questions } from "../../state/consults";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { TextArea } from "../../ui/field";
import { personName } from "../../words";
import { answer } from "./deeds";

/** Longest answer, in code points. */
const ANSWER = Math.min(4_000, LIMITS.text);

/** What colleagues ask this agent, above the page: answered in one field, looked at, or put aside. */
export function Questions() {
  return (
    <section class="slips slips-below" aria-label={t("consult_for_you")} aria-live="polite">
      {questions.value.map((q) => (
        <Question key={q.id} q={q} />
      ))}
    </section>
  );
}

function Question({ q }: { q: Consult }) {
  const [answering, begin] = useState(false);
  const [client_id] = useState(newId);
  const [text, write] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    await answer(q, client_id, text.trim());
    setBusy(false);
  };
  const later = () => (aside.value = new Set([...aside.value, q.id]));
  return (
    <article class="slip">
      <header class="slip-head">
        <Face id={q.person.id} name={q.person.name} size="small" />
        <strong class="grow">
          <bdi>{personName(q.person)}</bdi>
        </strong>
      </header>
      <p class="slip-text slip-said" dir="auto">
        {q.text}
      </p>
      <p class="slip-from">{t(q.team ? "consult_from_team" : "consult_from", { name: q.by.name, team: q.team ?? "" })}</p>
      <p class="slip-words" dir="auto">
        {q.question}
      </p>
      {answering ? (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            void submit();
          }}
        >
          <TextArea
            label={t("consult_your_answer")}
            hint={t("consult_hint", { name: q.by.name })}
            value={text}
            onValue={write}
            maxLength={ANSWER}
            rows={2}
            autoFocus
            onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && void submit()}
          />
          <div class="slip-actions">
            <Button kind="primary" type="submit" disabled={!text.trim() || busy}>
              {t("consult_answer")}
            </Button>
            <Button onClick={() => begin(false)}>{t("cancel")}</Button>
          </div>
        </form>
      ) : (
        <div class="slip-actions">
          <Button kind="primary" onClick={() => begin(true)}>
            {t("consult_answer")}
          </Button>
          <Button onClick={() => openConversation(q.conversation_id)}>{t("consult_look")}</Button>
          <Button kind="quiet" onClick={later}>
            {t("consult_later")}
          </Button>
        </div>
      )}
    </article>
  );
}
