import { useEffect, useState } from "preact/hooks";
import type { Candidates } from "../../../wire/protocol";
import { due } from "../../../panel/view/time";
import { api } from "../../api";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { rowOf, viewOf } from "../../state/conversation";
import { team } from "../../state/team";
import { Button } from "../../ui/button";
import { TextArea } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { stepName } from "../../words";
import type { Ask } from "../order/asked";
import { handOver, invite, promiseAnswer } from "./deeds";
import { Whom } from "./whom";

/** Longest note, in code points. */
const NOTE = 2_000;

/** Who could carry on, read again whenever somebody comes or goes. */
function useCandidates(id: string) {
  const [found, setFound] = useState<Candidates | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    api.get<Candidates>(`conversations/${id}/handover`).then(setFound, () => setFailed(true));
  };
  useEffect(load, [id, team.value]);
  return { found, failed, load };
}

/** Asks who carries on, and what they should know. */
export const HandOver = (q: Ask) => <WhoHelps {...q} joins={false} />;

/** Asks who joins, and says why. */
export const Invite = (q: Ask) => <WhoHelps {...q} joins />;

function WhoHelps({ ids, close, joins }: Ask & { joins: boolean }) {
  const id = ids[0]!;
  const { found, failed, load } = useCandidates(id);
  const [to, choose] = useState("");
  const [note, write] = useState("");
  const [busy, setBusy] = useState(false);
  if (!found) return failed ? <Trouble message={t("hand_failed")} retry={load} /> : <Skeleton kind="row" lines={3} />;

  const inside = joins ? (rowOf(id)?.guests ?? []) : [];
  const people = found.people.filter((p) => !inside.includes(p.id));
  const person = people.find((p) => p.id === to && !p.why);
  const group = found.teams.find((x) => x.id === to && x.able > 0);
  const nobody = people.every((p) => p.why);
  const act = async (deed: () => Promise<boolean>) => {
    setBusy(true);
    const ok = await deed();
    setBusy(false);
    if (ok) close();
  };
  const by = found.answer_by;
  const chosen = person ? { person } : group && { team: group };
  const submit = () => chosen && void act(() => (joins ? invite : handOver)(id, chosen, note.trim()));
  return (
    <form
      class="ask-form"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <Travels id={id} />
      {nobody && (joins ? <Nobody words={t("join_nobody")} /> : <Nobody words={t(rowOf(id)?.split_from ? "hand_nobody_beside" : by ? "hand_nobody" : "hand_nobody_shut")} by={by} busy={busy} promise={() => void act(() => promiseAnswer(id))} />)}
      <fieldset class="hand-whom">
        <legend class="field-label">{t(joins ? "join_whom" : "hand_whom")}</legend>
        {people.length === 0 && <p class="quiet">{t("hand_alone")}</p>}
        <Whom people={people} teams={found.teams} to={to} choose={choose} />
      </fieldset>
      {!nobody && (
        <>
          <TextArea label={t(joins ? "join_note" : "hand_note")} hint={t(joins ? "join_note_hint" : "hand_note_hint")} value={note} onValue={write} maxLength={NOTE} rows={2} onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && submit()} />
          <div class="form-actions">
            <Button kind="primary" type="submit" disabled={!chosen || busy}>
              {t(joins ? "join_ask" : "hand_over")}
            </Button>
            <Button onClick={close}>{t("cancel")}</Button>
          </div>
        </>
      )}
    </form>
  );
}

/** What whoever carries on sees at once, so that the customer never explains again. */
function Travels({ id }: { id: string }) {
  const view = viewOf(id);
  if (!view) return null;
  const open = view.promises.filter((p) => p.state === "open").length;
  return (
    <p class="hand-travels">
      {t("hand_travels")} <strong>{view.matter.need ? <bdi>{view.matter.need}</bdi> : t("need_unknown")}</strong> · {stepName(view.matter.step)}
      {open > 0 && <> · {t("hand_promises", { n: open })}</>}
    </p>
  );
}

/** With nobody there an answer is promised, where one can be. */
function Nobody({ words, by = 0, busy, promise }: { words: string; by?: number; busy?: boolean; promise?: () => void }) {
  return (
    <section class="hand-nobody" role="status">
      <p>{words}</p>
      {by > 0 && (
        <Button kind="primary" disabled={busy} onClick={promise}>
          {t("hand_promise", { time: due(by, now.value) })}
        </Button>
      )}
    </section>
  );
}
