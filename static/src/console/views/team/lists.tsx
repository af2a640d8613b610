import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Agent, RoleView, Team } from "../../../wire/protocol";
import { api } from "../../api";
import { t, type Key } from "../../i18n";
import { may, me } from "../../state/session";
import { Button } from "../../ui/button";
import { Row, Remove } from "../guide/row";
import { Section } from "../pages/page";
import { permissionName, roleHint, roleName } from "./names";
import { blankRole, RoleEditor } from "./role-editor";
import { blankTeam, TeamEditor } from "./team-editor";

interface Props {
  agents: readonly Agent[];
  teams: readonly Team[];
  roles: readonly RoleView[];
  onChange: () => Promise<void>;
}

/** All teams, with what each is for and who is in it. */
export function Teams({ agents, teams, onChange }: Props) {
  const [edited, edit] = useState<Team | null>(null);
  const manages = may("people.manage");
  const names = (team: Team) => agents.filter((a) => team.members.includes(a.id)).map((a) => a.name).join(", ");
  return (
    <Section title={t("teams")} lead={t("teams_lead")}>
      {teams.length === 0 && <p class="quiet">{t("no_teams")}</p>}
      <ul>
        {teams.map((x) => (
          <Row key={x.id} id={x.id} title={x.name} tags={<span class="tag">{skillsLine(x)}</span>} body={names(x) || t("nobody_in_it")} open={manages ? () => edit(x) : null}>
            {manages && <Remove name={x.name} body={t("remove_team_body")} remove={() => api.remove(`teams/${x.id}`).then(onChange)} />}
          </Row>
        ))}
      </ul>
      {manages && (
        <div class="section-deeds">
          <Button aria-haspopup="dialog" onClick={() => edit(blankTeam())}>
            <Plus size={15} /> {t("new_team")}
          </Button>
        </div>
      )}
      {edited && <TeamEditor team={edited} agents={agents} onClose={() => edit(null)} onSaved={onChange} />}
    </Section>
  );
}

/** What a team is for, in a line. */
function skillsLine({ skills }: Team): string {
  const sites = (me.value?.sites ?? []).filter((s) => skills.sites?.includes(s.id)).map((s) => s.name);
  const words = [...(skills.types ?? []), ...(skills.segments ?? [])].map((w) => t(`fit_${w}` as Key));
  return [...sites, ...words, ...(skills.languages ?? [])].join(", ") || t("for_everything");
}

/** All roles, with what each may do. */
export function Roles({ roles, onChange }: Props) {
  const [edited, edit] = useState<RoleView | null>(null);
  const manages = may("people.manage");
  const mine = me.value?.may ?? [];
  const changes = (r: RoleView) => manages && r.own && r.id !== me.value?.agent.role && r.permissions.every((p) => mine.includes(p));
  return (
    <Section title={t("roles")} lead={t("roles_lead")}>
      <ul>
        {roles.map((r) => (
          <Row key={r.id} id={r.id} title={roleName(r.id, roles)} tags={<span class="tag">{r.id === "owner" ? t("all_of_it") : t("n_permissions", { n: r.permissions.length })}</span>} body={r.own ? r.permissions.map(permissionName).join(", ") : r.id === "owner" ? "" : roleHint(r)} open={changes(r) ? () => edit(r) : null}>
            {changes(r) && <Remove name={r.name} body={t("remove_role_body")} remove={() => api.remove(`roles/${r.id}`).then(onChange)} />}
          </Row>
        ))}
      </ul>
      {manages && (
        <div class="section-deeds">
          <Button aria-haspopup="dialog" onClick={() => edit(blankRole())}>
            <Plus size={15} /> {t("new_role")}
          </Button>
        </div>
      )}
      {edited && <RoleEditor role={edited} onClose={() => edit(null)} onSaved={onChange} />}
    </Section>
  );
}
