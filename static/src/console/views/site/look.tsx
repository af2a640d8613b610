import { useState } from "preact/hooks";
import type { Site, SiteSettings } from "../../../wire/protocol";
import { t } from "../../i18n";
import { inkContrast, isColor } from "../../state/color";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Choice, Field, TextArea, TextField } from "../../ui/field";
import { Section } from "../pages/page";
import { LookPreview } from "./preview";
import { saveSite } from "./save";

type Form = Pick<SiteSettings, "name" | "color" | "position" | "greeting" | "reply_note">;
const pick = ({ name, color, position, greeting, reply_note }: Site): Form => ({ name, color, position, greeting, reply_note });

/** What visitors see before they write, with a preview beside it. */
export function Look({ now }: { now: Site }) {
  const [form, setForm] = useState<Form>(pick(now));
  const work = useWork();
  const set = (patch: Partial<Form>) => setForm({ ...form, ...patch });
  const good = isColor(form.color);
  const errorOf = (field: string) => (work.field === field ? work.error : "");
  const changed = JSON.stringify(form) !== JSON.stringify(pick(now));
  const { name, color, position, greeting, reply_note } = form;
  return (
    <Section>
      <form
        class="look"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => saveSite(now.id, form));
        }}
      >
        <div class="look-fields">
          <TextField label={t("site_name")} required maxLength={80} value={name} onValue={(v) => set({ name: v })} error={errorOf("name")} />
          <Field label={t("color")} error={good ? errorOf("color") : t("color_bad")} hint={good && t("contrast_good", { ratio: inkContrast(form.color).toFixed(1) })}>
            {(ids) => (
              <div class="color-row">
                <input type="color" class="color" value={good ? color : "#000000"} aria-label={t("choose_color")} onInput={(e) => set({ color: e.currentTarget.value })} />
                <input {...ids} type="text" class="input color-text" dir="ltr" value={color} maxLength={7} onInput={(e) => set({ color: e.currentTarget.value.trim() })} />
              </div>
            )}
          </Field>
          <Choice
            label={t("position")}
            value={position}
            onChange={(v) => set({ position: v })}
            options={[
              { value: "left", label: t("position_left") },
              { value: "right", label: t("position_right") },
            ]}
          />
          <TextArea label={t("greeting")} maxLength={500} value={greeting} onValue={(v) => set({ greeting: v })} error={errorOf("greeting")} />
          <TextField label={t("reply_note")} maxLength={200} value={reply_note} onValue={(v) => set({ reply_note: v })} hint={t("reply_note_hint")} error={errorOf("reply_note")} />
          {work.error && !work.field && (
            <p class="field-error" role="alert">
              {work.error}
            </p>
          )}
          <div class="form-actions">
            <Button kind="primary" type="submit" busy={work.busy} disabled={!changed || !good}>
              {t("save")}
            </Button>
            {changed && (
              <Button kind="quiet" onClick={() => setForm(pick(now))}>
                {t("discard")}
              </Button>
            )}
          </div>
        </div>
        <LookPreview {...form} color={good ? color : now.color} />
      </form>
    </Section>
  );
}
