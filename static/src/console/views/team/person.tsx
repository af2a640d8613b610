import { useEffect, useState } from "preact/hooks";
import type { Agent, AgentSession, Permission, Role, RoleView, Team, Work } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { may, me, refreshMe } from "../../state/session";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Field, Switch, TextField } from "../../ui/field";
import { EditorDialog } from "../guide/editor";
import { Many, parted } from "../guide/fit-editor";
import { browserOf } from "../pages/browser";
import { now } from "../../state/clock";
import { ago } from "../../words";
import { givable, roleHint, roleName } from "./names";
import { WeekEditor } from "./week";

/** How many conversations somebody answers at once until a number is set. */
export const USUAL = 4;

interface Props {
  agent: Agent;
  roles: readonly RoleView[];
  teams: readonly Team[];
  onClose: () => void;
  onSaved: () => Promise<void>;
}

/** What an admin decides about a colleague: role, teams, and how they work. */
export function PersonEditor({ agent, roles, teams, onClose, onSaved }: Props) {
  const self = agent.id === me.value?.agent.id;
  const [role, setRole] = useState<Role>(agent.role);
  const [trained, train] = useState(!!agent.complaints);
  const [work, setWork] = useState<Work>(agent.work ?? {});
  const [languages, setLanguages] = useState((agent.work?.languages ?? []).join(", "));
  const [within, setWithin] = useState(teams.filter((x) => x.members.includes(agent.id)).map((x) => x.id));
  const save = async () => {
    const change = { work: { ...work, languages: parted(languages) }, complaints: trained, ...(role === agent.role ? {} : { role }) };
    await api.patch(`agents/${agent.id}`, change);
    for (const x of teams) {
      const is = x.members.includes(agent.id);
      if (is === within.includes(x.id)) continue;
      const members = is ? x.members.filter((id) => id !== agent.id) : [...x.members, agent.id];
      await api.put(`teams/${x.id}`, { name: x.name, skills: x.skills, members });
    }
    if (self) await refreshMe();
    await onSaved();
  };
  const changesRole = !self && agent.role !== "owner";
  return (
    <EditorDialog title={t("person_title", { name: agent.name })} fields={["role", "capacity", "languages", "hours", "teams"]} save={save} onClose={onClose}>
      {(errorOf) => (
        <>
          {changesRole && <RoleField role={role} roles={roles} was={agent.role} error={errorOf("role")} onChange={setRole} />}
          {teams.length > 0 && <Many label={t("in_teams")} words={teams.map((x) => ({ value: x.id, label: x.name }))} chosen={within} error={errorOf("teams")} onChange={setWithin} />}
          <Switch label={t("trained_complaints")} hint={t("trained_how")} checked={trained} onChange={train} />
          <div class="team-pair">
            <TextField
              label={t("at_once")}
              hint={t("at_once_hint", { name: agent.name, n: USUAL })}
              inputMode="numeric"
              pattern="[1-9][0-9]?"
              maxLength={2}
              value={work.capacity ? String(work.capacity) : ""}
              onValue={(v) => setWork({ ...work, capacity: Number(v.replace(/\D/g, "")) })}
              error={errorOf("capacity")}
            />
            <TextField label={t("writes")} hint={t("writes_hint", { name: agent.name })} dir="ltr" value={languages} onValue={setLanguages} error={errorOf("languages")} />
          </div>
          <WeekEditor hours={work.hours} error={errorOf("hours")} onChange={(hours) => setWork(withHours(work, hours))} />
          {changesRole && !agent.disabled && <SignedIn agent={agent} />}
        </>
      )}
    </EditorDialog>
  );
}

function withHours(work: Work, hours: Work["hours"]): Work {
  const { hours: _, ...rest } = work;
  return hours ? { ...rest, hours } : rest;
}

/** Which role somebody has or gets. */
export function RoleField({ role, roles, was, error, onChange }: { role: Role; roles: readonly RoleView[]; was?: Role; error?: string; onChange: (role: Role) => void }) {
  const offered = givable(roles, me.value?.may ?? ([] as Permission[]));
  const chosen = roles.find((r) => r.id === role);
  const list = offered.some((r) => r.id === role) || !chosen ? offered : [chosen, ...offered];
  const hint = `${chosen ? roleHint(chosen) : ""}${was && was !== role ? ` ${t("role_change_hint")}` : ""}`;
  return (
    <Field label={t("role")} hint={hint} error={error}>
      {(ids) => (
        <select {...ids} class="input select" value={role} onChange={(e) => onChange(e.currentTarget.value)}>
          {list.map((r) => (
            <option key={r.id} value={r.id}>
              {roleName(r.id, roles)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Where a colleague is signed in, and ending that. */
function SignedIn({ agent }: { agent: Agent }) {
  const [list, setList] = useState<AgentSession[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const work = useWork();
  const load = () => api.get<{ sessions: AgentSession[] }>(`agents/${agent.id}/sessions`).then((d) => setList(d.sessions), (err: ApiError) => setTrouble(err.message));
  useEffect(() => void load(), []);
  if (!may("people.manage")) return null;
  const end = async () => {
    await api.remove(`agents/${agent.id}/sessions`);
    done(t("signed_them_out", { name: agent.name }));
    await load();
  };
  const reset = async () => {
    await api.remove(`agents/${agent.id}/second-step`);
    done(t("second_reset_done", { name: agent.name }));
    await load();
  };
  return (
    <fieldset class="choice own-sessions">
      <legend class="field-label">{t("signs_in")}</legend>
      {(trouble || work.error) && (
        <p class="field-error" role="alert">
          {trouble || work.error}
        </p>
      )}
      {list?.length === 0 && <p class="quiet">{t("nowhere_signed_in")}</p>}
      {list?.map((s) => (
        <span key={s.id}>
          {browserOf(s.user_agent)}{" "}
          <span class="quiet">
            <bdi>{s.ip}</bdi> · {ago(s.seen_at, now.value)}
          </span>
        </span>
      ))}
      <div class="second-deeds">
        {list && list.length > 0 && (
          <Button busy={work.busy} onClick={() => work.run(end)}>
            {t("sign_them_out", { name: agent.name })}
          </Button>
        )}
        {agent.second_step && (
          <Button busy={work.busy} onClick={() => work.run(reset)}>
            {t("second_reset", { name: agent.name })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
