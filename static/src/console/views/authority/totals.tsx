import { useEffect, useState } from "preact/hooks";
import type { GrantTotal } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { amountWords } from "../../state/authority";
import { serverNow } from "../../state/clock";
import { may, site } from "../../state/session";
import { Field } from "../../ui/field";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { Section } from "../pages/page";

/** A month as the server and the browser's own field for it write it. */
const monthOf = (at: number) => {
  const d = new Date(at);
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}`;
};

/** What was given in a month, per agent, kind and reason. */
export function Totals() {
  const [month, choose] = useState(() => monthOf(serverNow()));
  const [totals, set] = useState<GrantTotal[] | null>(null);
  const [trouble, setTrouble] = useState("");
  const place = site.value?.id;
  const load = () => {
    set(null);
    setTrouble("");
    let over = false;
    api.get<{ totals: GrantTotal[] }>(`sites/${place}/authority/totals?month=${month}`).then(
      (answer) => !over && set(answer.totals),
      (err: ApiError) => !over && setTrouble(err.code === "offline" ? t("no_connection") : err.message),
    );
    return () => {
      over = true;
    };
  };
  useEffect(load, [month, place]);
  return (
    <Section title={t("totals")} lead={t(may("grant.decide") ? "totals_lead" : "totals_own")}>
      <Field label={t("month")}>{(ids) => <input {...ids} type="month" class="input month" value={month} max={monthOf(serverNow())} onChange={(e) => /^\d{4}-\d\d$/.test(e.currentTarget.value) && choose(e.currentTarget.value)} />}</Field>
      {trouble && <Trouble message={trouble} retry={() => void load()} />}
      {!totals && !trouble && <Skeleton kind="row" lines={2} />}
      {totals?.length === 0 && <Empty title={t("nothing_given")} />}
      {totals && totals.length > 0 && <Table totals={totals} />}
    </Section>
  );
}

function Table({ totals }: { totals: readonly GrantTotal[] }) {
  return (
    // It is wider than a phone, so it can be moved by keys as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="table-place" role="region" aria-label={t("totals")} tabIndex={0}>
      <table class="totals">
        <thead>
          <tr>
            <th scope="col">{t("totals_who")}</th>
            <th scope="col">{t("grant_what")}</th>
            <th scope="col">{t("grant_why")}</th>
            <th scope="col">{t("totals_count")}</th>
            <th scope="col">{t("totals_amount")}</th>
          </tr>
        </thead>
        <tbody>
          {totals.map((s) => (
            <tr key={`${s.agent.id} ${s.kind} ${s.unit} ${s.currency} ${s.reason}`}>
              <td>
                <bdi>{s.agent.name}</bdi>
              </td>
              <td>
                <bdi>{s.name}</bdi>
              </td>
              <td>{t(`reason_${s.reason}`)}</td>
              <td>{s.count}</td>
              <td>{amountWords(s.amount, s.unit, s.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
