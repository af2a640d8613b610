import { useState } from "preact/hooks";
import type { Look as LookT, Site, SiteSettings } from "../../../wire/protocol";
import { t } from "../../i18n";
import { isColor } from "../../state/color";
import { useWork } from "../../ui/busy";
import { Choice, TextField } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { ColorField } from "./color-field";
import { Corner } from "./corner";
import { IconChoice } from "./icon-choice";
import { offeredBy } from "./languages";
import { PictureField } from "./picture-field";
import { LivePreview } from "./preview";
import { saveSite } from "./save";

/** What this section changes; the words have one of their own. */
type Form = Pick<SiteSettings, "color" | "position"> & Omit<LookT, "locales" | "words">;
const formOf = ({ color, position, look }: Site): Form => {
  const { locales: _, words: __, ...own } = look;
  return { color, position, ...own };
};
const patchOf = ({ color, position, ...own }: Form, now: Site): Partial<SiteSettings> => ({ color, position, look: { ...now.look, ...own } });

/** How the chat stands on a page, with the chat itself beside it. */
export function Look({ now }: { now: Site }) {
  const stored = formOf(now);
  const [form, setForm] = useState<Form>(stored);
  const [locale, setLocale] = useState(offeredBy(now)[0]!);
  const work = useWork();
  const set = (patch: Partial<Form>) => setForm({ ...form, ...patch });
  const errorOf = (field: string) => (work.field === field ? work.error : "");
  const changed = JSON.stringify(form) !== JSON.stringify(stored);
  const good = isColor(form.color);
  const draft = patchOf({ ...form, color: good ? form.color : now.color }, now);
  return (
    <Section>
      <form
        class="look"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(() => saveSite(now.id, patchOf(form, now)));
        }}
      >
        <div class="look-fields">
          <ColorField value={form.color} onValue={(color) => set({ color })} error={errorOf("color")} />
          <PictureField now={now} value={form.picture} onValue={(picture) => set({ picture })} error={errorOf("picture")} />
          <Choice
            label={t("look_theme")}
            value={form.theme}
            onChange={(theme) => set({ theme })}
            options={[
              { value: "visitor", label: t("theme_visitor") },
              { value: "light", label: t("theme_light") },
              { value: "dark", label: t("theme_dark") },
            ]}
          />
          <Choice
            label={t("launcher")}
            value={form.launcher}
            onChange={(launcher) => set({ launcher })}
            options={[
              { value: "icon", label: t("launcher_icon") },
              { value: "label", label: t("launcher_label") },
              { value: "hidden", label: t("launcher_hidden") },
            ]}
          />
          {form.launcher === "hidden" && <p class="field-hint">{t("launcher_hidden_hint")}</p>}
          {form.launcher === "label" && <TextField label={t("launcher_words")} required maxLength={30} dir="auto" value={form.label} onValue={(label) => set({ label })} error={errorOf("label")} />}
          {form.launcher !== "hidden" && <IconChoice value={form.icon} onValue={(icon) => set({ icon })} />}
          <Corner value={form} onValue={set} errorOf={errorOf} />
          <Saving work={work} changed={changed && good} said={["color", "picture", "label", "side", "bottom"]} onDiscard={() => setForm(stored)} />
        </div>
        <LivePreview now={now} draft={draft} locales={offeredBy(now)} locale={locale} onLocale={setLocale} />
      </form>
    </Section>
  );
}
