import { ArrowDown, ArrowUp, Trash2 } from "lucide-preact";
import { t } from "../../i18n";
import { IconButton } from "../../ui/button";
import { Field, TextArea, TextField } from "../../ui/field";
import type { Draft } from "./form";

const KINDS = ["name", "email", "text", "choice", "check"] as const;

/** One question: what is asked, in which way, and whether an answer is needed. */
export function FieldEditor({ field, first, last, set, move }: { field: Draft; first: boolean; last: boolean; set: (field: Draft | null) => void; move: (by: number) => void }) {
  const named = field.kind === "name" || field.kind === "email";
  const name = named ? t(`field_${field.kind}`) : field.key || t("field_unnamed");
  const become = (kind: Draft["kind"]) => set({ ...field, kind, key: kind === "name" || kind === "email" ? kind : named ? "" : field.key });
  return (
    <li class="form-field">
      <div class="form-field-head">
        <Field label={t("field_kind")}>
          {(ids) => (
            <select {...ids} class="input select" value={field.kind} onChange={(e) => become(e.currentTarget.value as Draft["kind"])}>
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`field_${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <label class="form-needed">
          <input type="checkbox" checked={field.required} onChange={(e) => set({ ...field, required: e.currentTarget.checked })} /> {t("field_required")}
        </label>
        <span class="grow" />
        <IconButton label={t("field_up", { name })} disabled={first} onClick={() => move(-1)}>
          <ArrowUp size={16} />
        </IconButton>
        <IconButton label={t("field_down", { name })} disabled={last} onClick={() => move(1)}>
          <ArrowDown size={16} />
        </IconButton>
        <IconButton label={t("field_remove", { name })} onClick={() => set(null)}>
          <Trash2 size={16} />
        </IconButton>
      </div>
      {!named && <TextField label={t("field_words")} required dir="auto" maxLength={64} value={field.key} onValue={(key) => set({ ...field, key })} hint={t("field_words_hint")} />}
      {field.kind === "choice" && <TextArea label={t("field_options")} rows={3} value={field.options.join("\n")} onValue={(text) => set({ ...field, options: text.split("\n") })} />}
    </li>
  );
}
