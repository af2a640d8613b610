import { useState } from "preact/hooks";
import { newId } from "../../../wire";
import { LIMITS } from "../../../wire/protocol";
import type { Consult } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { aside, consults } from "../../state/consults";
import { post } from "../../state/outbox";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { TextArea } from "../../ui/field";
import { personName } from "../../words";
import { begun, cards, write } from "./begun";
import { answer } from "./deeds";

/** Longest answer, in code points. */
const ANSWER = Math.min(4_000, LIMITS.text);

/** What colleagues ask this agent, above the page: answered in one field, looked at, or put aside. */
export function Questions() {
  return (
    <section aria-label={t("consult_for_you")} aria-live="polite">
      {cards.value.map((q) => (
        <Question key={q.id} q={q} />
      ))}
    </section>
  );
}

function Question({ q }: { q: Consult }) {
  const [answering, begin] = useState(false);
  const [busy, work] = useState(false);
  // While one's own answer is on its way, nobody else's has come.
  const over = !busy && !consults.value.for_me.some(({ id }) => id === q.id);
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
      {answering || over ? (
        <Answer q={q} over={over} busy={busy} work={work} close={() => begin(false)} />
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

interface AnswerProps {
  q: Consult;
  /** It needs no answer any more: what is written can still be kept. */
  over: boolean;
  busy: boolean;
  work: (busy: boolean) => void;
  close: () => void;
}

function Answer({ q, over, busy, work, close }: AnswerProps) {
  const [client_id] = useState(newId);
  const text = begun.value.get(q.id)?.text ?? "";
  const send = async () => {
    work(true);
    if (await answer(q, client_id, text.trim())) write(q, "");
    work(false);
  };
  const note = () => {
    post(q.conversation_id, "note", text);
    write(q, "");
    done(t("consult_noted"));
  };
  const submit = () => {
    if (!text.trim() || busy) return;
    if (over) note();
    else void send();
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <div role="status">{over && <p class="slip-why">{t("consult_over", { name: q.by.name })}</p>}</div>
      <TextArea
        label={t("consult_your_answer")}
        hint={over ? "" : t("consult_hint", { name: q.by.name })}
        value={text}
        onValue={(words) => write(q, words)}
        maxLength={ANSWER}
        rows={2}
        autoFocus
        onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && submit()}
      />
      <div class="slip-actions">
        <Button kind="primary" type="submit" disabled={!text.trim() || busy}>
          {t(over ? "consult_add_note" : "consult_answer")}
        </Button>
        {over ? <Button onClick={() => write(q, "")}>{t("consult_discard")}</Button> : <Button onClick={close}>{t("cancel")}</Button>}
      </div>
    </form>
  );
}
