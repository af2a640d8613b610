import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { me } from "../../state/session";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Dialog } from "../../ui/dialog";
import { AbsencePanel } from "./panel";
import { TakeOver } from "../agreement/take-over";

interface Props {
  agent: { id: string; name: string };
  onClose: () => void;
}

/** On the team's page: until when somebody is away. */
export function AwayDialog({ agent, onClose }: Props) {
  const own = agent.id === me.value?.agent.id;
  return (
    <Dialog open onClose={onClose} size="large" title={own ? t("absence") : t("absence_of", { name: agent.name })} description={own ? t("absence_lead") : t("absence_of_lead", { name: agent.name })}>
      <AbsencePanel agent={agent} />
    </Dialog>
  );
}

/** Asks before somebody is disabled, and who answers for their promises then. */
export function DisableDialog({ agent, onClose, disable }: Props & { disable: (to: string) => Promise<void> }) {
  const [to, choose] = useState("");
  const work = useWork();
  return (
    <Dialog open onClose={onClose} role="alertdialog" title={t("disable_title", { name: agent.name })} description={t("disable_body")}>
      <TakeOver label={t("disable_promises")} chosen={to} choose={choose} but={agent.id} at={Number.MAX_SAFE_INTEGER} />
      <div class="dialog-actions">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button kind="danger" busy={work.busy} onClick={() => work.run(() => disable(to).then(onClose))}>
          {t("disable")}
        </Button>
      </div>
    </Dialog>
  );
}
