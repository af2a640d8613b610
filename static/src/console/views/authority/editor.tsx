import { useState } from "preact/hooks";
import { GRANT_REASONS, type GrantReason } from "../../../wire/protocol-authority";
import type { Authority, GrantKind } from "../../../wire/protocol";
import { newId } from "../../../wire";
import { t } from "../../i18n";
import { amountWords, askFor, authority, fetchAuthority, fromAmount, give } from "../../state/authority";
import { useBegun } from "../../ui/begun";
import { useWork } from "../../ui/busy";
import { Field, TextArea, TextField } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { EditorFrame } from "../agreement/frame";
import { useFetched } from "../guide/use-fetched";
import { done } from "../../state/toasts";
import { Terms } from "./terms";

/** Gives within one's own limits, and asks a supervisor above them. */
export function GrantEditor({ id, close }: { id: string; close: () => void }) {
  const { loading, error, retry } = useFetched(fetchAuthority);
  const held = authority.value;
  if (error !== null) return <Trouble message={error} retry={retry} />;
  if (!held || loading) return <Skeleton lines={2} />;
  return <Form id={id} held={held} close={close} />;
}

const hasLimits = (held: Authority) => !held.free && held.version > 0;

function Form({ id, held, close }: { id: string; held: Authority; close: () => void }) {
  const [start] = useState(() => ({ client_id: newId(), key: held.kinds[0]?.key ?? "", text: "", reason: "late" as GrantReason, note: "" }));
  const { value, change, finish } = useBegun(`grant:${id}`, start);
  const { client_id, key, text, reason, note } = value;
  const [lack, setLack] = useState(false);
  const work = useWork();
  const kind = held.kinds.find((k) => k.key === key) ?? (held.kinds[0] as GrantKind);
  const amount = kind.unit === "none" ? 1 : fromAmount(text, kind.unit, held.currency);
  const left = held.left.find((l) => l.kind === kind.key)?.now ?? 0;
  const unread = hasLimits(held) && held.read_version !== held.version;
  const above = !held.free && (unread || left <= 0 || amount > left);
  const submit = () => {
    setLack(!(amount > 0));
    if (!(amount > 0) || work.busy) return;
    const draft = { client_id, kind: kind.key, amount, reason, note: note.trim() };
    work.run(async () => {
      if (above) await askFor(id, draft);
      else {
        await give(id, draft);
        done(t("grant_done"));
      }
      finish();
      close();
    });
  };
  const about = (field: string) => (work.field === field ? work.error : undefined);
  return (
    <EditorFrame title={t("give_or_ask")} lead={t("grant_lead")} yes={t(above ? "ask_supervisor" : "give_it")} busy={work.busy} error={work.error && !work.field ? work.error : ""} submit={submit} close={close}>
      {unread && <Terms held={held} />}
      <div class="grant-row">
        <Field label={t("grant_what")}>
          {(ids) => (
            <select {...ids} class="input select" data-first="" value={key} onChange={(e) => change({ key: e.currentTarget.value })}>
              {held.kinds.map((k) => (
                <option key={k.key} value={k.key}>
                  {k.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {kind.unit !== "none" && <TextField label={kind.unit === "money" ? t("grant_amount", { currency: held.currency }) : t("grant_days")} inputMode="decimal" size={8} value={text} error={lack ? t("lack_amount") : about("amount")} onValue={(amountText) => change({ text: amountText })} />}
        <Field label={t("grant_why")} error={about("reason")}>
          {(ids) => (
            <select {...ids} class="input select" value={reason} onChange={(e) => change({ reason: e.currentTarget.value as GrantReason })}>
              {GRANT_REASONS.map((r) => (
                <option key={r} value={r}>
                  {t(`reason_${r}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {!held.free && <p class="field-hint">{leftWords(held, kind, left)}</p>}
      <TextArea label={t("grant_note")} hint={t("grant_note_hint")} rows={2} maxLength={500} value={note} error={about("note")} onValue={(words) => change({ note: words })} />
    </EditorFrame>
  );
}

function leftWords(held: Authority, kind: GrantKind, left: number): string {
  if (left <= 0) return t("left_nothing", { what: kind.name });
  return kind.unit === "none" ? t("left_yes", { what: kind.name }) : t("left_now", { amount: amountWords(left, kind.unit, held.currency) });
}
