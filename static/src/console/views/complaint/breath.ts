/** A breather after a hard complaint: away for a few minutes, then back. */
import { t } from "../../i18n";
import { setStatus } from "../../socket";
import { serverNow } from "../../state/clock";
import { status } from "../../state/team";
import { done } from "../../state/toasts";
import { clockTime } from "../../words";

const BREATH_MS = 5 * 60_000;

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
