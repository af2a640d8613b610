import { ClockAlert } from "lucide-preact";
import type { ConversationEvent, Delay } from "../../../wire/protocol";
import { t } from "../../i18n";
import { me } from "../../state/session";
import { clockTime, exactTime } from "../../words";
import { dueWords } from "../agreement/when";
import "./dress";

type DelayEvent = Extract<ConversationEvent, { delay: Delay }>;

/** What was reported to be late, or who told it or set it aside. */
export function DelayLine({ event: { type, delay, by, at } }: { event: DelayEvent }) {
  const what = delay.what || delay.reference;
  const name = by.id === me.value?.agent.id ? t("you") : by.name;
  const said =
    type === "delay.settled"
      ? t(delay.state === "told" ? "delay_was_told" : "delay_was_dropped", { what, name })
      : [t(delay.source === "site" ? "delay_reported" : "delay_page_says", { what }), delay.reason, delay.until ? t("delay_new_time", { time: dueWords(delay.until) }) : t("delay_no_time")].filter(Boolean).join(" · ");
  return (
    <p class="event-line promise-line" title={exactTime(at)}>
      <ClockAlert size={14} aria-hidden="true" />
      <span>
        <bdi>{said}</bdi> · {clockTime(at)}
      </span>
    </p>
  );
}
