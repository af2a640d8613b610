import { useEffect, useState } from "preact/hooks";
import type { Webhook, WebhookAttempt } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { now as clock } from "../../state/clock";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime } from "../../words";
import { cameOf, kindName } from "./webhook-words";

/** What was sent last, each with the way to send all from there again. Read anew with turn, and with each sending. */
export function Attempts({ own, hook, turn, read }: { own: string; hook: Webhook; turn: number; read(): void }) {
  const [list, setList] = useState<WebhookAttempt[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const load = () => {
    setTrouble("");
    api.get<{ attempts: WebhookAttempt[] }>(`${own}/attempts`).then((found) => setList(found.attempts), (err: ApiError) => setTrouble(err.message));
  };
  useEffect(load, [own, turn, hook.sent_at, hook.next_at]);
  const resend = async (a: WebhookAttempt) => {
    if (!(await ask({ title: t("webhook_again_title"), body: t("webhook_again_body"), yes: t("webhook_again") }))) return;
    try {
      await api.post(`${own}/again`, { from: a.number });
      done(t("webhook_again_sent"));
    } catch (err) {
      explain(err);
    }
    read();
  };
  if (trouble) return <Trouble message={trouble} retry={load} />;
  if (!list) return <Skeleton kind="row" lines={2} />;
  if (list.length === 0) return <p class="quiet">{t("webhook_attempts_none")}</p>;
  return (
    <ol class="people" aria-label={t("webhook_attempts_of", { url: hook.url })}>
      {list.map((a) => (
        <li key={a.number} class="hook-attempt">
          <div class="grow">
            <span>
              {kindName(a.kind)} · <span class={a.reason ? "hook-trouble" : ""}>{cameOf(a)}</span>
            </span>
            <span class="quiet" title={exactTime(a.at)}>
              {ago(a.at, clock.value)} · {t("webhook_took", { status: a.status || "–", ms: a.took })}
            </span>
          </div>
          {a.again && (
            <Button kind="quiet" onClick={() => void resend(a)} aria-label={t("webhook_again_of", { id: a.event_id })}>
              {t("webhook_again")}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}
