import { useState } from "preact/hooks";
import type { Transcript } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { viewOf } from "../../state/conversation";
import { site } from "../../state/session";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import type { Ask } from "../order/asked";

/** Sends the customer a copy of the conversation where they asked for it. */
export function SendCopy({ ids, close }: Ask) {
  const id = ids[0]!;
  const person = viewOf(id)?.person;
  const known = person?.email ?? "";
  const [email, write] = useState(known);
  const [lack, setLack] = useState(false);
  const work = useWork();
  const proven = !!person?.verified && !person.email_given && email.trim().toLowerCase() === known;
  const submit = () => {
    setLack(!email.trim());
    if (!email.trim() || work.busy) return;
    work.run(async () => {
      const { to } = await api.post<Transcript>(`conversations/${id}/transcript`, { email: email.trim() });
      close();
      done(t("copy_done", { to }));
    });
  };
  if (site.value?.mail === "not_set_up") return <p class="notice notice-amber">{t("copy_unset")}</p>;
  return (
    <form
      class="ask-form"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <TextField label={t("copy_address")} type="email" autocomplete="off" maxLength={254} value={email} error={lack ? t("copy_missing") : undefined} hint={t("copy_hint")} onValue={(v) => (write(v), setLack(false))} />
      {email && !proven && <p class="field-hint">{t("copy_unproven")}</p>}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={work.busy}>
          {t("copy_do")}
        </Button>
        <Button onClick={close}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
