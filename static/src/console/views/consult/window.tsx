import { useEffect, useState } from "preact/hooks";
import { newId } from "../../../wire";
import type { Candidates, Consult } from "../../../wire/protocol";
import { due } from "../../../panel/view/time";
import { api } from "../../api";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { consults, fetchConsults } from "../../state/consults";
import { rowOf } from "../../state/conversation";
import { may, me } from "../../state/session";
import { team } from "../../state/team";
import { Button } from "../../ui/button";
import { Field, TextArea } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import type { Ask } from "../order/asked";
import { ask, askedName, drop } from "./deeds";

/** Longest question, in code points. */
const QUESTION = 1_000;

/** Asks whom to ask, and what. */
export function AskColleague({ ids, close }: Ask) {
  const id = ids[0]!;
  const [found, setFound] = useState<Candidates | null>(null);
  const [failed, setFailed] = useState(false);
  const [client_id] = useState(newId);
  const [to, choose] = useState("");
  const [question, write] = useState("");
  const [busy, setBusy] = useState(false);
  /** The open questions of everybody, for who may take them back; null while they have not come. */
  const [all, setAll] = useState<readonly Consult[] | null>(null);
  const load = () => {
    setFailed(false);
    api.get<Candidates>(`conversations/${id}/handover`).then(setFound, () => setFailed(true));
    void fetchConsults().catch(() => {});
    if (may("conversation.take_over")) api.get<{ consults: Consult[] }>(`conversations/${id}/consults`).then((x) => setAll(x.consults), () => {});
  };
  useEffect(load, [id, consults.value.mine.length]);
  if (!found) return failed ? <Trouble message={t("consult_failed")} retry={load} /> : <Skeleton kind="row" lines={3} />;

  const holder = rowOf(id)?.assignee;
  const own = me.value?.agent.id;
  const here = team.value.some((a) => a.id === holder?.id && a.status === "online");
  const people = [...(holder ? [{ ...holder, why: here ? undefined : "gone" }] : []), ...found.people].filter((p) => p.id !== own);
  const chosen = people.find((p) => p.id === to) ?? found.teams.find((x) => x.id === to);
  const submit = async () => {
    if (!chosen || !question.trim() || busy) return;
    setBusy(true);
    const whom = found.teams.some((x) => x.id === to) ? { team_id: to } : { agent_id: to };
    const asked = await ask(id, client_id, whom, chosen.name, question.trim());
    setBusy(false);
    if (asked) close();
  };
  return (
    <form
      class="ask-form"
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <p class="quiet">{people.length + found.teams.length === 0 ? t("consult_nobody") : t("consult_lead")}</p>
      <StillOpen list={all ?? consults.value.mine.filter((q) => q.conversation_id === id)} again={load} />
      <Field label={t("consult_whom")}>
        {(given) => (
          <select {...given} class="input select" value={to} onChange={(e) => choose(e.currentTarget.value)}>
            <option value="">{t("consult_choose")}</option>
            {people.map((p) => (
              <option key={p.id} value={p.id}>
                {p.why ? p.name : t("consult_here", { name: p.name })}
              </option>
            ))}
            {found.teams.map((x) => (
              <option key={x.id} value={x.id}>
                {t("consult_team", { name: x.name })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextArea label={t("consult_question")} value={question} onValue={write} maxLength={QUESTION} rows={3} onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && void submit()} />
      <div class="form-actions">
        <Button kind="primary" type="submit" disabled={!chosen || !question.trim() || busy}>
          {t("consult_ask")}
        </Button>
        <Button onClick={close}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** What is asked about this conversation and nobody has answered: by oneself, or by anybody for who may take it back. */
function StillOpen({ list, again }: { list: readonly Consult[]; again: () => void }) {
  const own = me.value?.agent.id;
  if (list.length === 0) return null;
  return (
    <section>
      <p class="field-label">{t("consult_open")}</p>
      <ul class="consult-open">
        {list.map((q) => (
          <li key={q.id}>
            <bdi>{q.question}</bdi>
            <span class="quiet">{t(q.by.id === own ? "consult_to" : "consult_by_to", { by: q.by.name, name: askedName(q), time: due(q.asked_at, now.value) })}</span>
            <Button kind="quiet" onClick={() => void drop(q).then(again)}>
              {t("consult_drop")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
