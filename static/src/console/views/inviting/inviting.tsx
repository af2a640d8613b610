import "./dress";
import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { InviteRule, Site } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/state";
import { Handle, useOrder } from "../guide/order";
import { Remove, Row } from "../guide/row";
import { Section } from "../pages/page";
import { saveSite } from "../site/save";
import { Editor } from "./editor";
import { Limits } from "./limits";
import { Results } from "./results";
import { blank, examples, MOST, rulesOf, withRules } from "./rules";
import { sentence } from "./sentence";

/** The rules that invite who looks around: what they ask for, how often they may, and what came of them. */
export default function Inviting({ now }: { now: Site }) {
  const [editing, edit] = useState<InviteRule | null>(null);
  const rules = rulesOf(now.inviting);
  const save = (next: readonly InviteRule[]) => saveSite(now.id, { inviting: withRules(now.inviting, next) });
  if (editing) {
    const known = rules.some((r) => r.id === editing.id);
    const put = (rule: InviteRule) => save(known ? rules.map((r) => (r.id === rule.id ? rule : r)) : [...rules, rule]);
    return <Editor key={editing.id} now={now} rule={editing} fresh={!known} place={known ? rules.findIndex((r) => r.id === editing.id) : rules.length} save={put} onClose={() => edit(null)} />;
  }
  return (
    <>
      <Section title={t("inviting_rules")} lead={t("inviting_lead")}>
        {rules.length === 0 ? <Begin edit={edit} /> : <Rules rules={rules} save={save} edit={edit} />}
      </Section>
      {rules.length > 0 && <Limits now={now} />}
      {rules.length > 0 && <Results now={now} />}
      <Section title={t("inviting_privacy")} lead={t("inviting_privacy_lead")}>
        <p class="card-lead">{t("inviting_strangers")}</p>
      </Section>
    </>
  );
}

function Begin({ edit }: { edit: (rule: InviteRule) => void }) {
  return (
    <Empty title={t("inviting_none")}>
      <div class="inviting-begin">
        {examples().map((rule) => (
          <Button key={rule.name} onClick={() => edit(rule)}>
            {rule.name}
          </Button>
        ))}
        <Button kind="primary" onClick={() => edit(blank())}>
          {t("inviting_own")}
        </Button>
      </div>
    </Empty>
  );
}

interface RulesProps {
  rules: readonly InviteRule[];
  save: (rules: readonly InviteRule[]) => Promise<unknown>;
  edit: (rule: InviteRule) => void;
}

function Rules({ rules, save, edit }: RulesProps) {
  const put = (next: readonly InviteRule[]) => save(next).then(() => {}, explain);
  const order = useOrder(rules, (ids) => put([...rules].toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))));
  return (
    <>
      <ul ref={order.list} class="inviting-row">
        {order.items.map((r) => (
          <Row key={r.id} id={r.id} handle={rules.length > 1 && <Handle name={r.name} {...order.handle(r, r.name)} />} title={r.name} tags={!r.on && <span class="tag">{t("inviting_off")}</span>} body={sentence(r)} open={() => edit(r)}>
            <input type="checkbox" role="switch" class="switch" aria-label={t("inviting_on", { name: r.name })} aria-checked={r.on} checked={r.on} onChange={(e) => void put(rules.map((o) => (o.id === r.id ? { ...o, on: e.currentTarget.checked } : o)))} />
            <Remove name={r.name} body={t("inviting_remove_body")} remove={() => save(rules.filter((o) => o.id !== r.id)).then(() => {})} />
          </Row>
        ))}
      </ul>
      <p class="sr" role="status">
        {order.said}
      </p>
      <div class="inviting-foot">
        <Button onClick={() => edit(blank())} disabled={rules.length >= MOST}>
          <Plus size={16} /> {t("inviting_add")}
        </Button>
        <span class="quiet">{rules.length >= MOST ? t("inviting_full") : rules.length > 1 && t("inviting_order_hint")}</span>
      </div>
    </>
  );
}
