import type { Webhook, WebhookAttempt, WebhookKind } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { ago } from "../../words";

/** In the order in which they are shown. */
export const KINDS: readonly WebhookKind[] = [
  "conversation.started", "message.posted", "conversation.taken", "conversation.released", "conversation.closed", "conversation.reopened", "conversation.merged",
  "feedback.given", "promise.made", "promise.moved", "promise.kept", "promise.broken", "promise.dropped", "conversation.erased",
];

export const kindName = (kind: string): string => t(`webhook_kind_${kind.replace(".", "_")}` as Key);

/** What a webhook does now. */
export function standing(hook: Webhook, now: number): string {
  if (hook.paused) return t(`webhook_${hook.paused}`);
  if (hook.failed_since) {
    const since = ago(hook.failed_since, now);
    return hook.next_at > now ? t("webhook_waits", { since, next: soon(hook.next_at, now) }) : t("webhook_waits_now", { since });
  }
  return hook.sent_at ? t("webhook_runs", { time: ago(hook.sent_at, now) }) : t("webhook_fresh");
}

/** "in 5 minutes". */
function soon(at: number, now: number): string {
  const s = (at - now) / 1000;
  const f = new Intl.RelativeTimeFormat(document.documentElement.lang || undefined, { numeric: "auto" });
  if (s < 60) return f.format(Math.ceil(s), "second");
  return s < 3600 ? f.format(Math.ceil(s / 60), "minute") : f.format(Math.ceil(s / 3600), "hour");
}

export const cameOf = (a: WebhookAttempt): string => t(a.reason ? `webhook_${a.reason}` : "webhook_taken");

/** Checks a signature in Node, as the README has it. */
export const verifying = `import { createHmac, timingSafeEqual } from "node:crypto";

// headers: with names in small letters; body: the bytes as they came
export function verify(secret, headers, body) {
  const id = headers["webhook-id"], stamp = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(stamp)) < 300)) return false;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const want = createHmac("sha256", key).update(\`\${id}.\${stamp}.\`).update(body).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((one) => {
    const got = Buffer.from(one.replace(/^v1,/, ""), "base64");
    return one.startsWith("v1,") && got.length === want.length && timingSafeEqual(got, want);
  });
}`;
