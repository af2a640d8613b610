import type { CustomerPromise, Delay } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { tellDelay } from "../../state/delays";
import "./dress";

/** On a promise that the site has reported to be late; where nobody knows the new time, it asks for the next word. */
export function DelayMark({ promise, answer }: { promise: CustomerPromise; answer: () => void }) {
  if (!promise.delay) return null;
  return (
    <p class="delay-mark">
      <span class="tag delay-tag">{t("delay_tag")}</span>
      {promise.delay === "open" && (
        <>
          {" "}
          <button type="button" class="link" onClick={answer}>
            {t("delay_next_word")}
          </button>
        </>
      )}
    </p>
  );
}

/** On a promise that a report names and nobody has told of yet. */
export function MayBeLate({ promise, delay }: { promise: CustomerPromise; delay: Delay | undefined }) {
  if (!delay) return null;
  return (
    <p class="delay-mark">
      <span class="tag delay-tag">{t("delay_maybe_tag")}</span>{" "}
      <button type="button" class="link" onClick={() => void tellDelay(promise.conversation_id, delay, promise.id).catch(explain)}>
        {t(delay.until ? "delay_tell_move" : "delay_tell")}
      </button>
    </p>
  );
}
