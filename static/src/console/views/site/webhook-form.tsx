import { useEffect, useRef, useState } from "preact/hooks";
import type { Webhook, WebhookKind } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { KINDS, kindName } from "./webhook-words";

type Chosen = Pick<Webhook, "url" | "kinds">;

/** Where to, and of what. */
export function HookForm({ from, save, close }: { from?: Chosen; save(chosen: Chosen): Promise<void>; close(): void }) {
  const [url, setUrl] = useState(from?.url ?? "https://");
  const [kinds, choose] = useState<readonly WebhookKind[]>(from?.kinds ?? ["conversation.started", "message.posted", "conversation.closed"]);
  const work = useWork();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const turn = (kind: WebhookKind) => choose(kinds.includes(kind) ? kinds.filter((k) => k !== kind) : [...kinds, kind]);
  return (
    <form
      ref={form}
      aria-label={from ? t("webhook_edit_of", { url: from.url }) : t("webhook_new")}
      onSubmit={(e) => {
        e.preventDefault();
        work.run(() => save({ url: url.trim(), kinds: [...kinds] }));
      }}
    >
      <TextField label={t("webhook_url")} dir="ltr" inputMode="url" autocomplete="off" spellcheck={false} maxLength={1000} value={url} onValue={setUrl} hint={t("webhook_url_hint")} error={work.field === "kinds" ? "" : work.error} />
      <fieldset class="choice">
        <legend class="field-label">{t("webhook_kinds")}</legend>
        <div class="hook-kinds">
          {KINDS.map((kind) => (
            <label key={kind}>
              <input type="checkbox" checked={kinds.includes(kind)} onChange={() => turn(kind)} />
              {kindName(kind)}
            </label>
          ))}
        </div>
        {work.field === "kinds" && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
      </fieldset>
      <div class="form-actions">
        <Button type="submit" kind="primary" busy={work.busy}>
          {from ? t("webhook_save") : t("webhook_add")}
        </Button>
        <Button onClick={close}>{t("webhook_cancel")}</Button>
      </div>
    </form>
  );
}
