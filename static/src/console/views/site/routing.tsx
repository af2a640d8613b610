import { useState } from "preact/hooks";
import type { Routing as Rules, Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { learn, t } from "../../i18n";
import words from "../../i18n/routing.json";
import { Field } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "./save";

learn(words);

const AWAY = [0, 5, 10, 15, 30, 60];

/** How conversations find somebody. A switch is saved at once. */
export default function Routing({ now }: { now: Site }) {
  const [rules, show] = useState(now.routing);
  const save = async (patch: Partial<Rules>) => {
    show({ ...rules, ...patch });
    try {
      show((await saveSite(now.id, { routing: { ...rules, ...patch } })).routing);
    } catch (err) {
      show(now.routing);
      explain(err);
    }
  };
  const choices = AWAY.includes(rules.away_minutes) ? AWAY : [...AWAY, rules.away_minutes];
  return (
    <Section>
      <Field label={t("away_minutes")} hint={t("away_minutes_hint")}>
        {(ids) => (
          <select {...ids} class="input select" value={rules.away_minutes} onChange={(e) => void save({ away_minutes: Number(e.currentTarget.value) })}>
            {choices.map((n) => (
              <option key={n} value={n}>
                {n === 0 ? t("away_never") : t("after_minutes", { n })}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Section>
  );
}
