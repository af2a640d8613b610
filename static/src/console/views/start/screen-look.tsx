import "../site/dress";
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { isColor } from "../../state/color";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import { ColorField } from "../site/color-field";
import { offeredBy } from "../site/languages";
import { LivePreview } from "../site/preview";
import type { ScreenProps } from "./screen";
import { makeSite } from "./own-site";

/** Nothing but the demonstration is here yet: a name makes a site of one's own. */
export function NameScreen() {
  const [name, setName] = useState("");
  const work = useWork();
  return (
    <form
      class="editor"
      onSubmit={(e) => {
        e.preventDefault();
        work.run(() => makeSite(name));
      }}
    >
      <p class="card-lead">{t("first_name_lead")}</p>
      <TextField label={t("site_name")} required maxLength={80} dir="auto" value={name} onValue={setName} error={work.error} />
      <div class="form-actions first-foot">
        <Button kind="primary" type="submit" busy={work.busy} disabled={!name.trim()}>
          {t("first_make")}
        </Button>
      </div>
    </form>
  );
}

/** Name, colour and first words, with the chat itself beside them. */
export function LookScreen({ now, onward, foot }: ScreenProps) {
  const [{ name, color, greeting }, setForm] = useState(now);
  const [locale, setLocale] = useState(offeredBy(now)[0]!);
  const work = useWork();
  const set = (patch: Partial<typeof now>) => setForm({ ...now, name, color, greeting, ...patch });
  const errorOf = (field: string) => (work.field === field ? work.error : "");
  const good = isColor(color);
  const shown = { name: name.trim() || now.name, color: good ? color : now.color, greeting };
  return (
    <form
      class="look"
      onSubmit={(e) => {
        e.preventDefault();
        if (good) work.run(() => onward({ name, color, greeting }));
      }}
    >
      <div class="look-fields">
        <p class="card-lead">{t("first_look_lead")}</p>
        <TextField label={t("site_name")} required maxLength={80} dir="auto" value={name} onValue={(v) => set({ name: v })} error={errorOf("name")} />
        <ColorField value={color} onValue={(v) => set({ color: v })} error={errorOf("color")} />
        <TextField label={t("greeting")} maxLength={200} dir="auto" value={greeting} onValue={(v) => set({ greeting: v })} error={errorOf("greeting")} />
        {work.error && !["name", "color", "greeting"].includes(work.field) && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        {foot(work.busy)}
      </div>
      <LivePreview now={now} draft={shown} locales={offeredBy(now)} locale={locale} onLocale={setLocale} />
    </form>
  );
}
