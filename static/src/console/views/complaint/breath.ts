/** A breather after a hard complaint: nothing new for a few minutes. */
import { t } from "../../i18n";
import { serverNow } from "../../state/clock";
import { keep, recall } from "../../state/storage";
import { say, setStatus } from "../../status";
import { done } from "../../state/toasts";
import { clockTime } from "../../words";

const BREATH_MINUTES = 5;
/** Of how many complaints it is remembered that a breather was offered. */
const KEPT = 100;

/** Is it the first time that a breather is offered for this complaint? Asking makes it so. */
export function firstBreath(complaint: string): boolean {
  const offered = recall<string[]>("breaths", []);
  if (offered.includes(complaint)) return false;
  keep("breaths", [...offered, complaint].slice(-KEPT));
  return true;
}

export function takeBreath(): void {
  void say({ status: "online", no_new_minutes: BREATH_MINUTES });
  done(t("breath_until", { time: clockTime(serverNow() + BREATH_MINUTES * 60_000) }), () => setStatus("online"));
}
