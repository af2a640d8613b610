import { opensAt } from "../../../wire/opening";
import { locale, t } from "../../i18n";
import { now, serverNow } from "../../state/clock";
import { site } from "../../state/session";
import { dueWords } from "../agreement/when";

/** What the clock shows in a zone, "" where this browser does not know it. */
function clockIn(zone: string, at: number): string {
  try {
    return new Intl.DateTimeFormat(locale(), { weekday: "short", hour: "numeric", minute: "2-digit", timeZone: zone }).format(at);
  } catch {
    return "";
  }
}

/** What time it is for the customer, and whether we are open now. */
export function TheirTime({ zone }: { zone: string | undefined }) {
  void now.value;
  const at = serverNow();
  const there = zone ? clockIn(zone, at) : "";
  const opening = site.value?.opening;
  const opens = opensAt(opening, at);
  if (!there && !opening) return null;
  return (
    <p class="their-time quiet">
      {there && <span title={zone}>{t("their_time", { time: there })}</span>}
      {opening && <span>{opens === null ? t("we_are_open") : opens ? t("we_open", { time: dueWords(opens) }) : t("we_are_closed")}</span>}
    </p>
  );
}
