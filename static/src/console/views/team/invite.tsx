import { useState } from "preact/hooks";
import type { Invitation, Role, RoleView, Team } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { CopyBox } from "../../ui/copy";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Many } from "../guide/fit-editor";
import { RoleField } from "./person";

/** Makes a link by which somebody joins with a role and in teams. */
export function InviteDialog({ roles, teams, onClose }: { roles: readonly RoleView[]; teams: readonly Team[]; onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [within, setWithin] = useState<string[]>([]);
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
  const send = async () => setMade(await api.post<Invitation>("invitations", { email, role, ...(within.length > 0 ? { teams: within } : {}) }));
  return (
    <Dialog open onClose={onClose} title={t("invite")} description={t("invite_lead")}>
      <form
        class="editor"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(send);
        }}
      >
        <TextField label={t("email")} type="email" required value={email} onValue={setEmail} error={work.error} />
        <RoleField role={role} roles={roles} onChange={setRole} />
        {teams.length > 0 && <Many label={t("in_teams")} words={teams.map((x) => ({ value: x.id, label: x.name }))} chosen={within} onChange={setWithin} />}
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
