/** A breather after a hard complaint: away for a few minutes, then back. */
import { t } from "../../i18n";
import { setStatus } from "../../socket";
import { serverNow } from "../../state/clock";
import { keep, recall } from "../../state/storage";
import { status } from "../../state/team";
import { done } from "../../state/toasts";
import { clockTime } from "../../words";

const BREATH_MS = 5 * 60_000;
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
  setStatus("away");
  const timer = setTimeout(back, BREATH_MS);
  done(t("breath_until", { time: clockTime(serverNow() + BREATH_MS) }), () => {
    clearTimeout(timer);
    back();
  });
}

/** Who has set it otherwise meanwhile is left alone. */
function back(): void {
  if (status.value === "away") setStatus("online");
}
