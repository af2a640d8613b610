import type { CustomerPromise } from "../../../wire/protocol";
import { t } from "../../i18n";
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
