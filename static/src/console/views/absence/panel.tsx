import { useEffect, useState } from "preact/hooks";
import type { Absence, AbsenceView, LedgerRow } from "../../../wire/protocol";
import type { ApiError } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { endAbsence, readAbsence } from "../../state/absence";
import { now } from "../../state/clock";
import { act } from "../../state/promises";
import { me } from "../../state/session";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Skeleton, Trouble } from "../../ui/state";
import { dueWords } from "../agreement/when";
import "./dress";
import { AbsenceForm } from "./form";
import { Promises } from "./list";

interface Who {
  id: string;
  name: string;
}

/** Whether an agent is away, until when, and what became of their promises; one's own, or a colleague's for who manages. */
export function AbsencePanel({ agent }: { agent: Who }) {
  const [view, show] = useState<AbsenceView | null>(null);
  const [trouble, setTrouble] = useState("");
  const load = () => {
    setTrouble("");
    readAbsence(agent.id).then(show, (err: ApiError) => setTrouble(err.message));
  };
  useEffect(load, [agent.id]);
  if (trouble) return <Trouble message={trouble} retry={load} />;
  if (!view) return <Skeleton kind="row" lines={2} />;
  const { absence } = view;
  const stands = absence !== null && absence.ended_at === 0 && absence.until > now.value;
  return (
    <div class="absence">
      {stands && <Now agent={agent} absence={absence} onEnded={show} />}
      <Handed agent={agent} view={view} stands={stands} again={load} />
      <AbsenceForm key={`${stands} ${absence?.until}`} agent={agent} view={view} stands={stands} onSaved={show} />
    </div>
  );
}

const own = (agent: Who) => agent.id === me.value?.agent.id;

/** "Away until Monday 9:00, Ben answers meanwhile." */
export function awayLine({ until, to }: Absence): string {
  return `${t("away_until", { time: dueWords(until) })}, ${to ? t("meanwhile", { name: to.name }) : t("anyone_meanwhile")}`;
}

function Now({ agent, absence, onEnded }: { agent: Who; absence: Absence; onEnded: (view: AbsenceView) => void }) {
  const work = useWork();
  const end = async () => {
    onEnded(await endAbsence(agent.id));
    done(t(own(agent) ? "absence_ended" : "absence_ended_of"));
  };
  return (
    <div class="absence-now">
      <strong class="grow">{awayLine(absence)}</strong>
      <Button busy={work.busy} onClick={() => work.run(end)}>
        {own(agent) ? t("end_absence") : t("end_absence_of", { name: agent.name })}
      </Button>
      {work.error && (
        <span class="field-error" role="alert">
          {work.error}
        </span>
      )}
    </div>
  );
}

function Handed({ agent, view, stands, again }: { agent: Who; view: AbsenceView; stands: boolean; again: () => void }) {
  if (view.handed.length === 0) return null;
  const takeBack = (p: LedgerRow) => void act(p, "hand", { agent_id: agent.id }).then(again, explain);
  return (
    <div>
      <p>{stands ? t("handed_meanwhile") : own(agent) ? t("was_away") : t("was_away_of", { name: agent.name })}</p>
      <Promises promises={view.handed} handed takeBack={!stands && own(agent) ? takeBack : undefined} />
    </div>
  );
}
