import { UserPlus } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Agent, Invitation, RoleView, Team as TeamOf } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { may, solo } from "../../state/session";
import { agentsTurn } from "../../state/team";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import "../team/dress";
import { InviteDialog } from "../team/invite";
import { Roles, Teams } from "../team/lists";
import { SigningIn } from "../team/security";
import { AgentItem, InvitationItem } from "../team/people";
import { Page, Section } from "./page";

interface People {
  agents: Agent[];
  invitations: Invitation[];
  teams: TeamOf[];
  roles: RoleView[];
}

async function fetchPeople(): Promise<People> {
  const [people, { teams }, { roles }] = await Promise.all([
    api.get<Pick<People, "agents" | "invitations">>("agents"),
    api.get<Pick<People, "teams">>("teams"),
    api.get<Pick<People, "roles">>("roles"),
  ]);
  return { ...people, teams, roles };
}

/** Who answers here, what they may do, and who is invited. Teams and roles wait until there are two. */
export default function Team() {
  const [people, setPeople] = useState<People | null>(null);
  const [trouble, setTrouble] = useState("");
  const [inviting, invite] = useState(false);
  const load = () => {
    setTrouble("");
    return fetchPeople().then(setPeople, (err: ApiError) => setTrouble(err.message));
  };
  useEffect(() => void load(), [agentsTurn.value]);
  const alone = solo.value && people?.agents.length === 1;
  return (
    <Page
      at="team"
      title={t("team")}
      lead={alone ? t("alone_lead") : t("team_lead")}
      actions={
        <>
          {!alone && (
            <a class="button button-plain" href="/console/authority">
              {t("to_authority")}
            </a>
          )}
          {may("audit.read") && (
            <a class="button button-plain" href="/console/audit">
              {t("to_audit")}
            </a>
          )}
          {may("people.manage") && people && (
            <Button kind="primary" onClick={() => invite(true)}>
              <UserPlus size={16} /> {t("invite")}
            </Button>
          )}
        </>
      }
    >
      {trouble && <Trouble message={trouble} retry={() => void load()} />}
      {!people && !trouble && <Skeleton kind="row" lines={3} />}
      {people && (
        <Section title={alone ? t("alone") : t("people")}>
          <ul class="people">
            {people.agents.map((a) => (
              <AgentItem key={a.id} agent={a} {...people} onChange={load} />
            ))}
          </ul>
        </Section>
      )}
      {people && people.invitations.length > 0 && (
        <Section title={t("invitations")}>
          <ul class="people">
            {people.invitations.map((i) => (
              <InvitationItem key={i.id} invitation={i} {...people} onChange={() => void load()} />
            ))}
          </ul>
        </Section>
      )}
      {people && !alone && <Teams {...people} onChange={load} />}
      {people && !alone && <Roles {...people} onChange={load} />}
      {people && !alone && may("security.change") && <SigningIn roles={people.roles} />}
      {people && inviting && (
        <InviteDialog
          {...people}
          onClose={() => {
            invite(false);
            void load();
          }}
        />
      )}
    </Page>
  );
}
