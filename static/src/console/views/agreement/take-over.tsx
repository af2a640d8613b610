import type { ComponentChildren } from "preact";
import type { Agent } from "../../../wire/protocol";
import { t } from "../../i18n";
import { agentsFailed, awayAt, fetchAgents, useAgents } from "../../state/agents";
import { Field } from "../../ui/field";
import { dueWords } from "./when";

interface Props {
  label: string;
  /** The chosen agent's id, "" for anyone. */
  chosen: string;
  choose: (id: string) => void;
  /** Whose promises they are: not among those who can take them. */
  but?: string;
  /** When they are due: who is away then cannot take them. 0 while that is open. */
  at: number;
  hint?: ComponentChildren;
  error?: string | undefined;
}

/** Asks who answers for promises: a colleague who is there, or anyone. Until it is known who there is, only that it is not. */
export function TakeOver({ label, chosen, choose, but, at, hint, error }: Props) {
  const agents = useAgents();
  if (!agents) return agentsFailed.value ? <Missing /> : null;
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <select {...ids} class="input select" value={chosen} onChange={(e) => choose(e.currentTarget.value)}>
          {agents.filter((a) => a.id !== but).map((a) => (
            <Colleague key={a.id} agent={a} away={awayAt(agents, a.id, at)?.until ?? 0} />
          ))}
          <option value="">{t("anyone")}</option>
        </select>
      )}
    </Field>
  );
}

function Missing() {
  return (
    <p class="field-error" role="alert">
      {t("agents_missing")}{" "}
      <button type="button" class="link" onClick={() => void fetchAgents()}>
        {t("try_again")}
      </button>
    </p>
  );
}

function Colleague({ agent, away }: { agent: Agent; away: number }) {
  return (
    <option value={agent.id} disabled={away > 0}>
      {away ? t("away_too", { name: agent.name, time: dueWords(away) }) : agent.name}
    </option>
  );
}
