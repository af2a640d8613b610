import { useState } from "preact/hooks";
import type { Routing as Rules, Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { learn, t, type Key } from "../../i18n";
import words from "../../i18n/routing.json";
import { Button } from "../../ui/button";
import { Choice, Field, Switch, TextField } from "../../ui/field";
import { Section } from "../pages/page";
import { saveSite } from "./save";

learn(words);

const AWAY = [0, 5, 10, 15, 30, 60];
const SEGMENTS = ["prospective", "new", "existing", "past"] as const;

interface Part {
  rules: Rules;
  save(patch: Partial<Rules>): Promise<void>;
}

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
  const part = { rules, save };
  return (
    <>
      <Section title={t("routing_who")} lead={t("routing_who_lead")}>
        <Choice
          label={t("routing_mode")}
          value={rules.mode || "hand"}
          onChange={(mode) => void save({ mode: mode === "hand" ? "" : mode })}
          options={[
            { value: "hand", label: t("mode_hand") },
            { value: "offer", label: t("mode_offer") },
            { value: "assign", label: t("mode_assign") },
          ]}
        />
        <p class="field-hint">{t(`mode_${rules.mode || "hand"}_hint` as Key)}</p>
        {rules.mode === "offer" && <Seconds {...part} name="offer_seconds" choices={[15, 30, 45, 60, 120]} />}
        {rules.mode !== "" && (
          <>
            <Seconds {...part} name="wrap_up_seconds" choices={[0, 30, 60, 120, 300]} />
            <details class="fold">
              <summary>{t("routing_order")}</summary>
              <p>{t("routing_order_may")}</p>
              <ol>
                {[1, 2, 3, 4, 5, 6].map((n) => (
                  <li key={n}>{t(`routing_order_${n}` as Key)}</li>
                ))}
              </ol>
            </details>
          </>
        )}
      </Section>
      <Section title={t("routing_first")} lead={t("routing_first_lead")}>
        <div role="group" aria-label={t("vip_segments")}>
          {SEGMENTS.map((s) => (
            <Switch
              key={s}
              label={t(`vip_${s}` as Key)}
              checked={rules.vip_segments.includes(s)}
              onChange={(on) => void save({ vip_segments: on ? [...rules.vip_segments, s] : rules.vip_segments.filter((x) => x !== s) })}
            />
          ))}
        </div>
        <Signed key={`${rules.vip_attribute}=${rules.vip_value}`} {...part} />
      </Section>
      <Section title={t("routing_there")} lead={t("routing_there_lead")}>
        <Minutes {...part} />
        <Seconds {...part} name="grace_seconds" choices={[10, 30, 60, 120, 300, 900]} />
      </Section>
    </>
  );
}

/** A number of seconds out of a few, with the one that was set another way. */
function Seconds({ rules, save, name, choices }: Part & { name: "offer_seconds" | "wrap_up_seconds" | "grace_seconds"; choices: number[] }) {
  const all = choices.includes(rules[name]) ? choices : [...choices, rules[name]];
  return (
    <Field label={t(name)} hint={t(`hint_${name}` as Key)}>
      {(ids) => (
        <select {...ids} class="input select" value={rules[name]} onChange={(e) => void save({ [name]: Number(e.currentTarget.value) })}>
          {all.map((n) => (
            <option key={n} value={n}>
              {n === 0 ? t("no_time") : n % 60 === 0 ? t("so_many_minutes", { n: n / 60 }) : t("so_many_seconds", { n })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Minutes({ rules, save }: Part) {
  const all = AWAY.includes(rules.away_minutes) ? AWAY : [...AWAY, rules.away_minutes];
  return (
    <Field label={t("away_minutes")} hint={t("away_minutes_hint")}>
      {(ids) => (
        <select {...ids} class="input select" value={rules.away_minutes} onChange={(e) => void save({ away_minutes: Number(e.currentTarget.value) })}>
          {all.map((n) => (
            <option key={n} value={n}>
              {n === 0 ? t("away_never") : t("so_many_minutes", { n })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The attribute that the site's own server signs for customers who come first. */
function Signed({ rules, save }: Part) {
  const [key, setKey] = useState(rules.vip_attribute);
  const [value, setValue] = useState(rules.vip_value);
  return (
    <form
      class="vip-signed"
      onSubmit={(e) => {
        e.preventDefault();
        void save({ vip_attribute: key.trim(), vip_value: value.trim() });
      }}
    >
      <TextField label={t("vip_attribute")} maxLength={64} value={key} onValue={setKey} hint={t("vip_attribute_hint")} />
      <TextField label={t("vip_value")} maxLength={200} value={value} onValue={setValue} />
      <div class="form-actions">
        <Button type="submit" disabled={key.trim() === rules.vip_attribute && value.trim() === rules.vip_value}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
