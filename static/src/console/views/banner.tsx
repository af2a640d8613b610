import { CloudOff, MonitorX } from "lucide-preact";
import { t } from "../i18n";
import { link, retryNow } from "../state/link";
import { pending } from "../state/outbox";

/** Told only when it lasts: no connection, what is kept, and a way to try at once. */
export function Banner() {
  const state = link.value;
  if (state !== "offline" && state !== "stopped") return null;
  const waiting = pending.value.length;
  return (
    <div class="banner" role="status">
      {state === "offline" ? <CloudOff size={16} /> : <MonitorX size={16} />}
      <span>
        {state === "offline" ? t("offline") : t("stopped")}
        {waiting > 0 && <> {t("n_kept", { n: waiting })}</>}
      </span>
      <button type="button" class="link" onClick={retryNow}>
        {t("try_now")}
      </button>
    </div>
  );
}
