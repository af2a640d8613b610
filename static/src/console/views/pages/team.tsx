import { UserPlus } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Agent, Invitation, Role } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { explain } from "../../desk";
import { t, type Key } from "../../i18n";
import { may, me, refreshMe } from "../../state/session";
import { agentsTurn, team } from "../../state/team";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { useChoice } from "../../ui/choice";
import { CopyBox } from "../../ui/copy";
import { Dialog } from "../../ui/dialog";
import { Choice, TextField } from "../../ui/field";
import { Face } from "../../ui/face";
import { Skeleton, Trouble } from "../../ui/state";
import { exactTime } from "../../words";
import { AwayDialog, DisableDialog } from "../absence/dialogs";
import { awayLine } from "../absence/panel";
import { Page, Section } from "./page";

type Given = Exclude<Role, "owner">;
const ROLES: readonly Given[] = ["admin", "supervisor", "agent"];

interface People {
  agents: Agent[];
  invitations: Invitation[];
}

/** Who answers here, and who is invited. */
export default function Team() {
  const [people, setPeople] = useState<People | null>(null);
  const [trouble, setTrouble] = useState("");
  const [inviting, invite] = useState(false);
  const load = () => {
    setTrouble("");
    return api.get<People>("agents").then(setPeople, (err: ApiError) => setTrouble(err.message));
  };
  useEffect(() => void load(), [agentsTurn.value]);
  const add = may("people.manage") && (
    <Button kind="primary" onClick={() => invite(true)}>
      <UserPlus size={16} /> {t("invite")}
    </Button>
  );
  return (
    <Page
      at="team"
      title={t("team")}
      lead={t("team_lead")}
      actions={
        <>
          <a class="button button-plain" href="/console/authority">
            {t("to_authority")}
          </a>
          {add}
        </>
      }
    >
      {trouble && <Trouble message={trouble} retry={() => void load()} />}
      {!people && !trouble && <Skeleton kind="row" lines={3} />}
      {people && (
        <Section title={t("agents")}>
          <ul class="people">
            {people.agents.map((a) => (
              <AgentItem key={a.id} agent={a} onChange={load} />
            ))}
          </ul>
        </Section>
      )}
      {people && people.invitations.length > 0 && (
        <Section title={t("invitations")}>
          <ul class="people">
            {people.invitations.map((i) => (
              <InvitationItem key={i.id} invitation={i} onChange={load} />
            ))}
          </ul>
        </Section>
      )}
      {inviting && (
        <InviteDialog
          onClose={() => {
            invite(false);
            void load();
          }}
        />
      )}
    </Page>
  );
}

function AgentItem({ agent, onChange }: { agent: Agent; onChange: () => Promise<void> }) {
  const self = agent.id === me.value?.agent.id;
  const there = team.value.find((x) => x.id === agent.id);
  const mine = may("people.manage") && !self && agent.role !== "owner";
  const patch = async (change: { role?: Role; disabled?: boolean; complaints?: boolean; to_id?: string }) => {
    try {
      await api.patch(`agents/${agent.id}`, change);
      await onChange();
    } catch (err) {
      explain(err);
    }
  };
  const [trained, train] = useChoice(!!agent.complaints, async (complaints) => {
    await patch({ complaints });
    if (self) await refreshMe();
  });
  const [role, choose] = useChoice(agent.role, (chosen) => patch({ role: chosen }));
  const [dialog, openDialog] = useState<"" | "away" | "disable">("");
  return (
    <li class={`person ${agent.disabled ? "disabled" : ""}`}>
      <Face {...agent} online={there && there.status === "online"} />
      <div class="grow">
        <strong>
          <bdi>{agent.name}</bdi> {self && <span class="tag">{t("you")}</span>} {agent.disabled && <span class="tag">{t("disabled")}</span>}
        </strong>
        <span class="quiet">
          <bdi>{agent.email}</bdi>
        </span>
        {agent.absence && <span class="quiet">{awayLine(agent.absence)}</span>}
      </div>
      {may("people.manage") ? (
        <label class="trained" title={t("trained_how")}>
          <input type="checkbox" checked={trained} onChange={(e) => train(e.currentTarget.checked)} />
          {t("trained_complaints")}
          <span class="sr"> {agent.name}</span>
        </label>
      ) : (
        agent.complaints && <span class="tag">{t("trained_complaints")}</span>
      )}
      {mine ? (
        <select class="input select" aria-label={t("role_of", { name: agent.name })} value={role} onChange={(e) => choose(e.currentTarget.value as Role)}>
          {ROLES.map((r) => (
            <option key={r} value={r}>
              {t(`role_${r}` as Key)}
            </option>
          ))}
        </select>
      ) : (
        <span class="quiet">{t(`role_${agent.role}` as Key)}</span>
      )}
      {(may("people.manage") || self) && !agent.disabled && (
        <Button kind="quiet" aria-haspopup="dialog" onClick={() => openDialog("away")}>
          {t("away_button")}
          <span class="sr"> {agent.name}</span>
        </Button>
      )}
      {mine && (
        <Button kind="quiet" onClick={() => (agent.disabled ? void patch({ disabled: false }) : openDialog("disable"))}>
          {agent.disabled ? t("enable") : t("disable")}
        </Button>
      )}
      {dialog === "away" && <AwayDialog agent={agent} onClose={() => openDialog("")} />}
      {dialog === "disable" && <DisableDialog agent={agent} disable={(to_id) => patch({ disabled: true, to_id })} onClose={() => openDialog("")} />}
    </li>
  );
}

function InvitationItem({ invitation, onChange }: { invitation: Invitation; onChange: () => void }) {
  const withdraw = async () => {
    try {
      await api.remove(`invitations/${invitation.id}`);
      onChange();
    } catch (err) {
      explain(err);
    }
  };
  return (
    <li class="person">
      <div class="grow">
        <strong>
          <bdi>{invitation.email}</bdi>
        </strong>
        <span class="quiet">
          {t(`role_${invitation.role}` as Key)} · {t("valid_until", { time: exactTime(invitation.expires_at) })}
        </span>
      </div>
      {may("people.manage") && (
        <Button kind="quiet" onClick={() => void withdraw()}>
          {t("withdraw")}
        </Button>
      )}
    </li>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Given>("agent");
  const [made, setMade] = useState<Invitation | null>(null);
  const work = useWork();
  if (made) {
    return (
      <Dialog open onClose={onClose} title={t("invited", { email: made.email })} description={t("invited_more")}>
        <CopyBox label={t("invitation_link")} text={made.link ?? ""} />
        <div class="dialog-actions">
          <Button kind="primary" onClick={onClose}>
            {t("finish")}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={t("invite")} description={t("invite_lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          work.run(async () => setMade(await api.post<Invitation>("invitations", { email, role })));
        }}
      >
        <TextField label={t("email")} type="email" required value={email} onValue={setEmail} error={work.error} />
        <Choice label={t("role")} value={role} onChange={setRole} options={ROLES.map((r) => ({ value: r, label: t(`role_${r}` as Key) }))} />
        <p class="field-hint">{t(`role_${role}_hint` as Key)}</p>
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={work.busy}>
            {t("make_link")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
