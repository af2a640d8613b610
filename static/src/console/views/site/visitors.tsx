import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { learn, t } from "../../i18n";
import words from "../../i18n/visitors.json";
import { Switch } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "./save";

learn(words);

/** Whether the team sees who looks around, and what that tells. It is saved at once. */
export default function Visitors({ now }: { now: Site }) {
  const [listed, show] = useState(now.visitors?.listed ?? false);
  const save = async (on: boolean) => {
    show(on);
    try {
      await saveSite(now.id, { visitors: { listed: on } });
    } catch (err) {
      show(!on);
      explain(err);
    }
  };
  return (
    <>
      <Section>
        <Switch label={t("visitors_listed")} hint={t("visitors_listed_hint")} checked={listed} onChange={(on) => void save(on)} />
      </Section>
      <Section title={t("visitors_privacy")} lead={t("visitors_privacy_lead")}>
        <p class="quiet">{t("visitors_policy")}</p>
      </Section>
    </>
  );
}
