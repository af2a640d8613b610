import { t } from "../../i18n";
import { exactTime } from "../../words";
import { useBoth } from "./theirs";

/** "by tomorrow 10:00 (11:00 for Maria)", late ones marked; the zone stands on hover. */
export function Due({ at, late }: { at: number; late?: boolean }) {
  const both = useBoth();
  return (
    <time class={late ? "due late" : "due"} dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {t("by_time", { time: both(at) })}
    </time>
  );
}
