import { CircleCheck, CircleSlash, CircleX } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { CustomerPromise } from "../../../wire/protocol";
import { t } from "../../i18n";
import { exactTime } from "../../words";
import { useBoth } from "./theirs";

const ENDS = {
  kept: { Icon: CircleCheck, word: "ended_kept" },
  broken: { Icon: CircleX, word: "ended_broken" },
  dropped: { Icon: CircleSlash, word: "ended_dropped" },
} as const;

/** How a promise ended, when, and why where that was said. */
export function EndedItem({ promise, more }: { promise: CustomerPromise; more: ComponentChildren }) {
  const both = useBoth();
  if (promise.state === "open") return null;
  const { Icon, word } = ENDS[promise.state];
  return (
    <li class={`promise promise-${promise.state}`}>
      <div class="promise-line-row">
        <div class="grow">
          {more}
          <p class="promise-text">
            {promise.whose === "theirs" && <span class="tag">{t("their_part_label")}</span>} <bdi>{promise.text}</bdi>
          </p>
          <p class="promise-sub">
            <span>{t("was_due", { time: both(promise.due_at) })}</span>
            {promise.why && (
              <span>
                {" "}
                · <bdi>{promise.why}</bdi>
              </span>
            )}
            {promise.owner && (
              <span>
                {" "}
                · <bdi>{promise.owner.name}</bdi>
              </span>
            )}
          </p>
        </div>
        <span class="promise-end" title={exactTime(promise.ended_at)}>
          <Icon size={14} aria-hidden="true" /> {t(word)}
        </span>
      </div>
    </li>
  );
}
