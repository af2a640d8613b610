import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { learn, t } from "../../i18n";
import words from "../../i18n/handing.json";
import { Field } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "./save";

learn(words);

const CHOICES = [30, 60, 120, 300, 600];
const USUAL = 60;

/** How long somebody is asked to carry on. It is saved at once. */
export default function Handover({ now }: { now: Site }) {
  const [seconds, show] = useState(now.handover?.accept_seconds ?? USUAL);
  const save = async (accept_seconds: number) => {
    const before = seconds;
    show(accept_seconds);
    try {
      await saveSite(now.id, { handover: { accept_seconds } });
    } catch (err) {
      show(before);
      explain(err);
    }
  };
  const all = CHOICES.includes(seconds) ? CHOICES : [...CHOICES, seconds];
  return (
    <Section title={t("handing_title")} lead={t("handing_lead")}>
      <Field label={t("handing_within")} hint={t("handing_within_hint")}>
        {(ids) => (
          <select {...ids} class="input select" value={seconds} onChange={(e) => void save(Number(e.currentTarget.value))}>
            {all.map((n) => (
              <option key={n} value={n}>
                {n % 60 === 0 ? t("handing_minutes", { n: n / 60 }) : t("handing_seconds", { n })}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Section>
  );
}
