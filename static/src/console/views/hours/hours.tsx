import "./dress";
import { useState } from "preact/hooks";
import type { Hours as HoursT, Site } from "../../../wire/protocol";
import { t } from "../../i18n";
import { useWork } from "../../ui/busy";
import { Field, Switch } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { saveSite } from "../site/save";
import { firstHours, overlap } from "./clock";
import { Days } from "./days";
import { Holidays } from "./holidays";
import { stateWords } from "./state-words";
import { useWords } from "./use-words";
import { noRules } from "./rules";
import { Week } from "./week";

/** When the site is open: its week, its holidays, days of its own, and the zone of its clock. */
export default function Hours({ now }: { now: Site }) {
  const kept = now.hours ?? firstHours();
  const [hours, set] = useState(kept);
  const work = useWork();
  const change = (patch: Partial<HoursT>) => set({ ...hours, ...patch });
  const changed = JSON.stringify(hours) !== JSON.stringify(kept);
  const bad = [...hours.week, ...(hours.days ?? []).map((d) => d.hours)].some(overlap);
  const save = async () => set((await saveSite(now.id, { hours })).hours ?? firstHours());
  return (
    <form
      class="hours"
      onSubmit={(e) => {
        e.preventDefault();
        work.run(save);
      }}
    >
      <Section>
        <Switch label={t("hours_kept")} hint={t("hours_kept_hint")} checked={hours.kept} onChange={(on) => change({ kept: on })} />
        {hours.kept && <State now={now} hours={hours} />}
      </Section>
      {hours.kept && (
        <>
          <Section title={t("week")} lead={t("week_lead")}>
            <Week hours={hours} change={change} />
            <Zone zone={hours.zone} onZone={(zone) => change({ zone })} />
          </Section>
          <Section title={t("holidays")}>
            <Holidays hours={hours} change={change} />
          </Section>
          <Section title={t("days")} lead={t("days_lead")}>
            <Days hours={hours} change={change} />
          </Section>
        </>
      )}
      <Saving work={work} changed={changed && !bad} onDiscard={() => set(kept)} sticky />
    </form>
  );
}

/** Whether it is open with these hours, and when that changes. */
function State({ now, hours }: { now: Site; hours: HoursT }) {
  const { words } = useWords(now.id, hours, now.waiting ?? noRules, "en");
  if (!words) return null;
  return (
    <p class={`hours-now ${words.open ? "open" : ""}`} role="status">
      {stateWords(words)}
    </p>
  );
}

function Zone({ zone, onZone }: { zone: string; onZone: (zone: string) => void }) {
  const all = Intl.supportedValuesOf("timeZone");
  const list = zone && !all.includes(zone) ? [zone, ...all] : all;
  return (
    <Field label={t("hours_zone")} hint={t("hours_zone_hint")}>
      {(ids) => (
        <select {...ids} class="input select" value={zone} onChange={(e) => onZone(e.currentTarget.value)}>
          <option value="">UTC</option>
          {list.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
