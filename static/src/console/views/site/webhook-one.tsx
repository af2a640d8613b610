import { useState } from "preact/hooks";
import type { Webhook, WebhookAttempt } from "../../../wire/protocol";
import { api } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { now as clock } from "../../state/clock";
import { done, failed } from "../../state/toasts";
import { Button } from "../../ui/button";
import { exactTime } from "../../words";
import { Attempts } from "./webhook-attempts";
import { HookForm } from "./webhook-form";
import { cameOf, KINDS, standing } from "./webhook-words";

interface Props {
  place: string;
  hook: Webhook;
  read(): void;
  /** Its secret is to be shown. */
  made(hook: Webhook): void;
  gone(): void;
}

/** One webhook: how it stands, and what can be done with it. */
export function Hook({ place, hook, read, made, gone }: Props) {
  const [editing, edit] = useState(false);
  const [open, setOpen] = useState(false);
  const [turn, again] = useState(0);
  const [busy, setBusy] = useState(false);
  const own = `${place}/${hook.id}`;
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (err) {
      explain(err);
    }
    setBusy(false);
    read();
    again((n) => n + 1);
  };
  const pause = (paused: boolean) =>
    run(async () => {
      await api.patch(own, { paused });
      done(paused ? t("webhook_was_paused") : t("webhook_was_resumed"), () => void run(async () => void (await api.patch(own, { paused: !paused }))));
    });
  const test = () =>
    run(async () => {
      const a = await api.post<WebhookAttempt>(`${own}/test`, {});
      if (a.reason) failed(t("webhook_test_lost", { why: cameOf(a) }), a.status ? String(a.status) : "");
      else done(t("webhook_test_taken"));
    });
  const rotate = async () => {
    if (!(await ask({ title: t("webhook_rotate_title"), body: t("webhook_rotate_body"), yes: t("webhook_rotate") }))) return;
    await run(async () => made(await api.post<Webhook>(`${own}/secret`, {})));
  };
  const remove = async () => {
    if (!(await ask({ title: t("webhook_remove_title"), body: t("webhook_remove_body", { url: hook.url }), yes: t("webhook_remove"), danger: true }))) return;
    await run(async () => {
      await api.remove(own);
      gone();
    });
  };
  if (editing) {
    return (
      <li class="hook">
        <HookForm
          from={hook}
          save={async (chosen) => {
            await api.patch(own, chosen);
            edit(false);
            read();
          }}
          close={() => edit(false)}
        />
      </li>
    );
  }
  const bad = hook.paused === "gone" || hook.paused === "failed" || hook.failed_since > 0;
  return (
    <li class="hook">
      <div>
        <bdi dir="ltr" class="hook-url">
          {hook.url}
        </bdi>
        <p class={bad ? "hook-trouble" : ""}>{standing(hook, clock.value)}</p>
        <p class="quiet">
          {hook.kinds.length === KINDS.length ? t("webhook_kinds_all") : t("webhook_kinds_n", { n: hook.kinds.length })} · {t("webhook_made", { name: hook.by.name, time: exactTime(hook.made_at) })}
        </p>
        {hook.old_until > clock.value && <p class="quiet">{t("webhook_old_until", { time: exactTime(hook.old_until) })}</p>}
      </div>
      <div class="hook-deeds">
        {hook.next_at > 0 && !hook.paused && (
          <Button kind="quiet" disabled={busy} onClick={() => void run(async () => void (await api.post(`${own}/again`, {})))}>
            {t("webhook_now")}
          </Button>
        )}
        <Button kind="quiet" busy={busy} onClick={() => void test()} aria-label={t("webhook_test_of", { url: hook.url })}>
          {t("webhook_test")}
        </Button>
        <Button kind="quiet" onClick={() => setOpen(!open)} aria-expanded={open} aria-label={t("webhook_attempts_of", { url: hook.url })}>
          {t("webhook_attempts")}
        </Button>
        <Button kind="quiet" disabled={busy} onClick={() => void pause(!hook.paused)} aria-label={t(hook.paused ? "webhook_resume_of" : "webhook_pause_of", { url: hook.url })}>
          {t(hook.paused ? "webhook_resume" : "webhook_pause")}
        </Button>
        <Button kind="quiet" onClick={() => edit(true)} aria-label={t("webhook_edit_of", { url: hook.url })}>
          {t("webhook_edit")}
        </Button>
        <Button kind="quiet" disabled={busy} onClick={() => void rotate()} aria-label={t("webhook_rotate_of", { url: hook.url })}>
          {t("webhook_rotate")}
        </Button>
        <Button kind="quiet" disabled={busy} onClick={() => void remove()} aria-label={t("webhook_remove_of", { url: hook.url })}>
          {t("webhook_remove")}
        </Button>
      </div>
      {open && <Attempts own={own} hook={hook} turn={turn} read={read} />}
    </li>
  );
}
