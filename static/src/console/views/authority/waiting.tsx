import { Hourglass, TriangleAlert } from "lucide-preact";
import type { ConversationView, Grant } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { promiseWord, withdraw } from "../../state/authority";
import { now, serverNow } from "../../state/clock";
import { rows } from "../../state/lists";
import { me } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { personName, stopwatch } from "../../words";
import { usualTimes, zone } from "../agreement/when";
import { grantWords } from "./words";

/** Whose turn it is and how long, and when nobody answers, what the customer is promised: for whoever asked or has the conversation now. */
export function Waiting({ id, view }: { id: string; view: ConversationView }) {
  const self = me.value?.agent.id;
  const has = rows.value.get(id)?.assignee?.id === self;
  const mine = view.grants.filter((g) => g.conversation_id === id && (has || g.by.id === self) && (g.state === "asked" || g.state === "unanswered"));
  if (mine.length === 0) return null;
  return (
    <ul class="asking" aria-label={t("asked_by_you")}>
      {mine.map((g) => (
        <li key={g.id} class={`asking-${g.state}`}>
          {g.state === "asked" ? <Turn grant={g} /> : <Nobody grant={g} />}
          {g.by.id === self && (
            <Button kind="quiet" onClick={() => void withdraw(g).catch(explain)}>
              {t("withdraw_question")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Turn({ grant: g }: { grant: Grant }) {
  return (
    <>
      <Hourglass size={14} aria-hidden="true" />
      <span class="grow" role="status">
        <bdi>{t("turn_of", { name: g.asked_of?.name ?? "", what: grantWords(g) })}</bdi>
      </span>
      <span class="due" aria-hidden="true">
        {stopwatch(g.answer_by - now.value)}
      </span>
    </>
  );
}

function Nobody({ grant: g }: { grant: Grant }) {
  const work = useWork();
  if (g.promise_id) {
    return (
      <>
        <Hourglass size={14} aria-hidden="true" />
        <span class="grow">
          <bdi>{t("nobody_promised", { what: grantWords(g) })}</bdi>
        </span>
      </>
    );
  }
  return (
    <>
      <TriangleAlert size={14} aria-hidden="true" />
      <span class="grow" role="status">
        <bdi>{t("nobody_answered", { what: grantWords(g), name: personName(g.person) })}</bdi>
        {work.error && <span class="field-error"> {work.error}</span>}
      </span>
      {usualTimes(serverNow()).map(({ key, at }) => (
        <button key={key} type="button" class="pick" disabled={work.busy} onClick={() => work.run(() => promiseWord(g, t("promise_word"), at, zone()))}>
          {t(key)}
        </button>
      ))}
    </>
  );
}
