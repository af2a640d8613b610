import "./dress";
import type { ToAgentFrame } from "../../../wire/protocol";
import { t } from "../../i18n";
import { me } from "../../state/session";
import { team } from "../../state/team";
import { failed } from "../../state/toasts";
import { dueWords } from "../agreement/when";

/** Reminds the agent whose customer waits; everybody once it is in the queue again. */
export function tellWait({ agent_id, name, since, returned }: Extract<ToAgentFrame, { type: "wait" }>): void {
  const words = { name: name || t("wait_somebody"), time: dueWords(since), agent: team.value.find((a) => a.id === agent_id)?.name ?? "" };
  if (!returned) {
    if (agent_id === me.value?.agent.id) failed(t("wait_reminder", words), t("wait_reminder_detail", words));
    return;
  }
  failed(t("wait_returned", words), t("wait_returned_detail", words));
}
