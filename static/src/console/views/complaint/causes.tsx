import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { api } from "../../api";
import { t, type Key } from "../../i18n";
import { ROOT_CAUSES } from "../../state/complaint";
import { replaceSite, site } from "../../state/session";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Field, TextArea } from "../../ui/field";
import { Section } from "../pages/page";

/** The name of a cause: ours by its key, a site's own as it was written. */
export function causeName(cause: string): string {
  return (ROOT_CAUSES as readonly string[]).includes(cause) ? t(`cause_${cause}` as Key) : cause;
}

/** Chooses the root cause among ours and the site's own. */
export function CauseSelect({ value, onChange }: { value: string; onChange: (cause: string) => void }) {
  const all = [...ROOT_CAUSES, ...(site.value?.root_causes ?? [])];
  const known = value && !all.includes(value) ? [...all, value] : all;
  return (
    <Field label={t("root_cause")}>
      {(ids) => (
        <select {...ids} class="input select" value={value} onChange={(e) => onChange(e.currentTarget.value)}>
          <option value="">{t("not_recorded")}</option>
          {known.map((cause) => (
            <option key={cause} value={cause}>
              {causeName(cause)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Where an owner adds causes of their own, one a line. */
export function OwnCauses() {
  const [text, set] = useState((site.value?.root_causes ?? []).join("\n"));
  const work = useWork();
  const save = () =>
    work.run(async () => {
      const changed = await api.patch<Site>(`sites/${site.value?.id}`, { root_causes: text.split("\n") });
      replaceSite(changed);
      set((changed.root_causes ?? []).join("\n"));
      done(t("causes_kept"));
    });
  return (
    <Section title={t("own_causes")} lead={t("own_causes_lead", { list: ROOT_CAUSES.map(causeName).join(", ") })}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          save();
        }}
      >
        <TextArea label={t("one_a_line")} rows={4} value={text} onValue={set} error={work.error} />
        <div class="dialog-actions">
          <Button kind="primary" type="submit" busy={work.busy}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
