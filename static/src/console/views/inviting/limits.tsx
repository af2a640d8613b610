import { useState } from "preact/hooks";
import type { Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t, type Key } from "../../i18n";
import { Field } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "../site/save";
import { LIMIT, rulesOf } from "./rules";

/** How often one customer is invited at most. It is saved at once. */
export function Limits({ now }: { now: Site }) {
  const { times = LIMIT.times, days = LIMIT.days } = now.inviting ?? {};
  const [limit, show] = useState({ times, days });
  const save = (patch: Partial<typeof limit>) => {
    const next = { ...limit, ...patch };
    show(next);
    saveSite(now.id, { inviting: { rules: [...rulesOf(now.inviting)], ...next } }).catch((err) => {
      show(limit);
      explain(err);
    });
  };
  return (
    <Section title={t("inviting_limits")} lead={t("inviting_limits_lead")}>
      <div class="inviting-limit">
        <Pick name="inviting_times" unit="inviting_n_times" usual={[1, 2, 3, 5]} value={limit.times} onValue={(n) => save({ times: n })} />
        <Pick name="inviting_days" unit="inviting_n_days" usual={[1, 7, 14, 30, 90]} value={limit.days} onValue={(n) => save({ days: n })} />
      </div>
    </Section>
  );
}

/** A number out of the usual ones; one that was set elsewhere stays. */
function Pick({ name, unit, usual, value, onValue }: { name: Key; unit: Key; usual: number[]; value: number; onValue: (n: number) => void }) {
  const list = usual.includes(value) ? usual : [...usual, value].toSorted((a, b) => a - b);
  return (
    <Field label={t(name)}>
      {(ids) => (
        <select {...ids} class="input select" value={value} onChange={(e) => onValue(Number(e.currentTarget.value))}>
          {list.map((n) => (
            <option key={n} value={n}>
              {t(unit, { n })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
