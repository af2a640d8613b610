import { useState } from "preact/hooks";
import type { Agent, Invitation, RoleView, Team } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { may, me } from "../../state/session";
import { team as present } from "../../state/team";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { exactTime } from "../../words";
import { AwayDialog, DisableDialog } from "../absence/dialogs";
import { awayLine } from "../absence/panel";
import { isAbove, roleName } from "./names";
import { PersonEditor, USUAL } from "./person";

interface Props {
  agent: Agent;
  roles: readonly RoleView[];
  teams: readonly Team[];
  onChange: () => Promise<void>;
}

/** One of those who answer: who they are here, and what whoever manages people may do about it. */
export function AgentItem({ agent, roles, teams, onChange }: Props) {
  const self = agent.id === me.value?.agent.id;
  const there = present.value.find((x) => x.id === agent.id);
  const manages = may("people.manage");
  const above = !self && isAbove(agent.role, roles, me.value?.may ?? []);
  const [dialog, openDialog] = useState<"" | "change" | "away" | "disable">("");
  const patch = async (change: { disabled: boolean; to_id?: string }) => {
    try {
      await api.patch(`agents/${agent.id}`, change);
      await onChange();
    } catch (err) {
      explain(err);
    }
  };
  const close = () => openDialog("");
  return (
    <li class={`person wraps ${agent.disabled ? "disabled" : ""}`}>
      <Face {...agent} online={there && there.status === "online"} />
      <div class="grow">
        <strong>
          <bdi>{agent.name}</bdi> {self && <span class="tag">{t("you")}</span>} {agent.disabled && <span class="tag">{t("disabled")}</span>}
        </strong>
        <span class="quiet">
          {roleName(agent.role, roles)} · <bdi>{agent.email}</bdi>
        </span>
        {agent.absence && <span class="quiet">{awayLine(agent.absence)}</span>}
        <Tags agent={agent} teams={teams} />
      </div>
      <div class="person-deeds">
        {manages && !above && (
          <Button kind="quiet" aria-haspopup="dialog" onClick={() => openDialog("change")}>
            {t("change_person")}
            <span class="sr"> {agent.name}</span>
          </Button>
        )}
        {((manages && !above) || self) && !agent.disabled && (
          <Button kind="quiet" aria-haspopup="dialog" onClick={() => openDialog("away")}>
            {t("away_button")}
            <span class="sr"> {agent.name}</span>
          </Button>
        )}
        {manages && !self && !above && (
          <Button kind="quiet" onClick={() => (agent.disabled ? void patch({ disabled: false }) : openDialog("disable"))}>
            {agent.disabled ? t("enable") : t("disable")}
            <span class="sr"> {agent.name}</span>
          </Button>
        )}
      </div>
      {dialog === "change" && <PersonEditor agent={agent} roles={roles} teams={teams} onClose={close} onSaved={onChange} />}
      {dialog === "away" && <AwayDialog agent={agent} onClose={close} />}
      {dialog === "disable" && <DisableDialog agent={agent} disable={(to_id) => patch({ disabled: true, to_id })} onClose={close} />}
    </li>
  );
}

/** What routing reads of somebody, in a few words. */
function Tags({ agent, teams }: { agent: Agent; teams: readonly Team[] }) {
  const tags = [
    ...(agent.second_step ? [t("second_tag")] : []),
    ...(agent.complaints ? [t("trained_complaints")] : []),
    ...teams.filter((x) => x.members.includes(agent.id)).map((x) => x.name),
    ...(agent.work?.languages ?? []),
    ...((agent.work?.capacity ?? USUAL) === USUAL ? [] : [t("answers_n", { n: agent.work?.capacity ?? USUAL })]),
  ];
  if (tags.length === 0) return null;
  return (
    <div class="tags">
      {tags.map((x) => (
        <span key={x} class="tag">
          <bdi>{x}</bdi>
        </span>
      ))}
    </div>
  );
}

/** A link that is out. */
export function InvitationItem({ invitation, roles, teams, onChange }: { invitation: Invitation; roles: readonly RoleView[]; teams: readonly Team[]; onChange: () => void }) {
  const withdraw = async () => {
    try {
      await api.remove(`invitations/${invitation.id}`);
      onChange();
    } catch (err) {
      explain(err);
    }
  };
  const into = teams.filter((x) => invitation.teams?.includes(x.id)).map((x) => x.name);
  return (
    <li class="person">
      <div class="grow">
        <strong>
          <bdi>{invitation.email}</bdi>
        </strong>
        <span class="quiet">{[roleName(invitation.role, roles), ...into, t("valid_until", { time: exactTime(invitation.expires_at) })].join(" · ")}</span>
      </div>
      {may("people.manage") && !isAbove(invitation.role, roles, me.value?.may ?? []) && (
        <Button kind="quiet" onClick={() => void withdraw()}>
          {t("withdraw")}
          <span class="sr"> {invitation.email}</span>
        </Button>
      )}
    </li>
  );
}
