import { useState } from "preact/hooks";
import type { AbsenceView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { setAbsence } from "../../state/absence";
import { useAgents } from "../../state/agents";
import { serverNow } from "../../state/clock";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { WhenField } from "../agreement/when";
import { Promises } from "./list";
import { TakeOver } from "../agreement/take-over";
import { backTimes } from "./times";

interface Props {
  agent: { id: string };
  view: AbsenceView;
  /** The absence stands already. */
  stands: boolean;
  onSaved: (view: AbsenceView) => void;
}

/** Asks until when, and who answers meanwhile; says beforehand what is handed on. */
export function AbsenceForm({ agent, view, stands, onSaved }: Props) {
  const [until, setUntil] = useState(stands ? view.absence!.until : 0);
  const [to, choose] = useState(stands ? (view.absence!.to?.id ?? "") : "");
  const [lack, setLack] = useState(false);
  const work = useWork();
  const about = (field: string) => (work.field === field ? work.error : undefined);
  const submit = () => {
    setLack(!until);
    if (!until || work.busy) return;
    work.run(async () => {
      onSaved(await setAbsence(agent.id, until, to));
      done(t("absence_saved"));
    });
  };
  return (
    <form
      class="absence"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <WhenField label={t("back_on")} at={until} onAt={setUntil} usual={backTimes(serverNow())} error={lack && !until ? t("lack_until") : about("until")} />
      <TakeOver label={t("answers_meanwhile")} chosen={to} choose={choose} but={agent.id} at={until} error={about("to_id")} />
      <Preview agent={agent} view={view} until={until} />
      <div class="form-actions">
        {work.error && !work.field && (
          <span class="field-error" role="alert">
            {work.error}
          </span>
        )}
        <Button kind="primary" type="submit" busy={work.busy}>
          {t(stands ? "change_absence" : "start_absence")}
        </Button>
      </div>
    </form>
  );
}

/** What goes by then, so that nobody is surprised. */
function Preview({ agent, view, until }: { agent: { id: string }; view: AbsenceView; until: number }) {
  const agents = useAgents();
  const alone = agents?.every((a) => a.id === agent.id);
  const due = view.open.filter((p) => p.due_at < until);
  if (!until) return null;
  return (
    <div role="status">
      <p>{due.length === 0 ? t("none_fall_due") : agents && t(alone ? "nobody_to_take" : "n_fall_due", { n: due.length })}</p>
      <Promises promises={due} />
    </div>
  );
}
