import "./dress";
import { useState } from "preact/hooks";
import type { Site, WaitRules } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { useWork } from "../../ui/busy";
import { Field, Switch, TextArea } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { saveSite } from "../site/save";
import { firstHours } from "./clock";
import { Preview } from "./preview";
import { noRules, VARIABLES } from "./rules";
import { Stages } from "./stages";

type Change = (patch: Partial<WaitRules>) => void;

/** What the site says by itself before somebody answers, and what it does when one side falls silent. */
export default function Waiting({ now }: { now: Site }) {
  const kept = now.waiting ?? noRules;
  const [rules, set] = useState(kept);
  const work = useWork();
  const change: Change = (patch) => set({ ...rules, ...patch });
  const changed = JSON.stringify(rules) !== JSON.stringify(kept);
  const errorOf = (field: string) => (work.field === `waiting.${field}` ? work.error : "");
  const save = async () => set((await saveSite(now.id, { waiting: rules })).waiting ?? noRules);
  return (
    <div class="waiting">
      <form
        class="hours"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(save);
        }}
      >
        <Section title={t("first_words")} lead={t("first_words_lead")}>
          <Switch label={t("first_words_on")} hint={t("first_words_hint")} checked={!rules.silent} onChange={(on) => change({ silent: !on })} />
          {!rules.silent && (
            <>
              <Own label={t("closed_text")} value={rules.closed_text} onValue={(closed_text) => change({ closed_text })} error={errorOf("closed_text")} />
              <Own label={t("away_text")} value={rules.away_text} onValue={(away_text) => change({ away_text })} error={errorOf("away_text")} />
              <Amount name="promise_within" none="promise_never" hint="promise_within_hint" unit="n_open_hours" value={rules.promise_hours} usual={[1, 2, 4, 8]} onValue={(promise_hours) => change({ promise_hours })} />
            </>
          )}
        </Section>
        <Section title={t("in_queue")} lead={t("in_queue_lead")}>
          <Stages stages={rules.stages} onStages={(stages) => change({ stages })} error={(i) => errorOf(`stages.${i}`) || (i === 0 ? errorOf("stages") : "")} />
        </Section>
        <Silence rules={rules} change={change} errorOf={errorOf} />
        <Section title={t("agent_silent")} lead={t("agent_silent_lead")}>
          <Minutes name="remind_after" value={rules.remind_after} usual={[2, 5, 10, 20]} onValue={(remind_after) => change({ remind_after })} />
          {rules.remind_after > 0 && <Minutes name="return_after" none="return_never" value={rules.return_after} usual={[5, 10, 20, 60]} onValue={(return_after) => change({ return_after })} />}
        </Section>
        <Saving work={work} changed={changed} onDiscard={() => set(kept)} sticky />
      </form>
      <Preview site={now.id} hours={now.hours ?? firstHours()} rules={rules} />
    </div>
  );
}

/** The customer does not answer: they are asked, then thanked and let go. */
function Silence({ rules, change, errorOf }: { rules: WaitRules; change: Change; errorOf: (field: string) => string }) {
  return (
    <Section title={t("customer_silent")} lead={t("customer_silent_lead")}>
      <Minutes name="ask_after" value={rules.ask_after} usual={[5, 10, 15, 30]} onValue={(ask_after) => change({ ask_after })} />
      {rules.ask_after > 0 && (
        <>
          <Own label={t("ask_text")} value={rules.ask_text} onValue={(ask_text) => change({ ask_text })} error={errorOf("ask_text")} />
          <Minutes name="close_after" none="close_never" value={rules.close_after} usual={[5, 15, 30, 60]} onValue={(close_after) => change({ close_after })} />
          {rules.close_after > 0 && <Own label={t("close_text")} value={rules.close_text} onValue={(close_text) => change({ close_text })} error={errorOf("close_text")} />}
        </>
      )}
    </Section>
  );
}

/** The site's own words; left empty, ours are said in the reader's language. */
export function Own({ label, value, onValue, error }: { label: string; value: string; onValue: (value: string) => void; error: string }) {
  return <TextArea label={label} rows={2} maxLength={1000} placeholder={t("own_words")} value={value} onValue={onValue} error={error} hint={value && <Variables onPick={(name) => onValue(`${value.trimEnd()} {{${name}}}`)} />} />;
}

function Variables({ onPick }: { onPick: (name: string) => void }) {
  return (
    <span class="variables">
      {VARIABLES.map(([label, name]) => (
        <button key={name} type="button" class="pick" onClick={() => onPick(name)}>
          {t(label)}
        </button>
      ))}
    </span>
  );
}

function Minutes({ name, none = "minutes_never", ...rest }: { name: Key; none?: Key; value: number; usual: number[]; onValue: (n: number) => void }) {
  return <Amount name={name} none={none} unit="wait_minutes" {...rest} />;
}

/** A number out of the usual ones, or none; one that was set elsewhere stays. */
function Amount({ name, none, hint, unit, value, usual, onValue }: { name: Key; none: Key; hint?: Key; unit: Key; value: number; usual: number[]; onValue: (n: number) => void }) {
  const list = value === 0 || usual.includes(value) ? usual : [...usual, value].toSorted((a, b) => a - b);
  return (
    <Field label={t(name)} hint={hint && t(hint)}>
      {(ids) => (
        <select {...ids} class="input select" value={value} onChange={(e) => onValue(Number(e.currentTarget.value))}>
          <option value={0}>{t(none)}</option>
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
