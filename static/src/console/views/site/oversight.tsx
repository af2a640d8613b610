import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { learn, t } from "../../i18n";
import words from "../../i18n/oversight.json";
import { Switch } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "./save";

learn(words);

/** Whether agents see who looks on. It is saved at once. */
export default function OversightRules({ now }: { now: Site }) {
  const [unseen, show] = useState(now.oversight?.unseen ?? false);
  const save = async (on: boolean) => {
    show(on);
    try {
      await saveSite(now.id, { oversight: { unseen: on } });
    } catch (err) {
      show(!on);
      explain(err);
    }
  };
  return (
    <>
      <Section title={t("oversight_title")} lead={t("oversight_lead")}>
        <Switch label={t("oversight_shown")} hint={t("oversight_shown_hint")} checked={!unseen} onChange={(on) => void save(!on)} />
      </Section>
      <Section title={t("oversight_log")} lead={t("oversight_log_lead")}>
        <div class="form-actions">
          <a class="button button-plain" href="/console/audit">
            {t("oversight_log_go")}
          </a>
        </div>
      </Section>
    </>
  );
}
