import "../guide/dress";
import { useState } from "preact/hooks";
import type { Facts, Landed } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { useWork } from "../../ui/busy";
import { Choice, TextField } from "../../ui/field";
import { FACTS, TRADES } from "../guide/trades";
import type { ScreenProps } from "./screen";

/** The trade, whose starter set comes along, and the five facts that it says. */
export function TradeScreen({ now, onward, foot }: ScreenProps) {
  const [trade, setTrade] = useState(now.trade);
  const [facts, setFacts] = useState<Facts>(now.facts);
  const work = useWork();
  const save = async () => {
    if (trade !== now.trade) await api.post<Landed>(`sites/${now.id}/guide/starter`, { trade });
    await onward({ trade, facts });
  };
  return (
    <form
      class="editor first-narrow"
      onSubmit={(e) => {
        e.preventDefault();
        work.run(save);
      }}
    >
      <p class="card-lead">{t("first_trade_lead")}</p>
      <Choice label={t("trade")} value={trade} onChange={setTrade} options={TRADES.map((v) => ({ value: v, label: t(`trade_${v}`) }))} />
      {FACTS.map((f) => (
        <TextField key={f} label={t(`fact_${f}`)} dir="auto" maxLength={300} placeholder={t(`fact_${f}_example`)} value={facts[f]} onValue={(words) => setFacts({ ...facts, [f]: words })} />
      ))}
      {work.error && (
        <p class="field-error" role="alert">
          {work.error}
        </p>
      )}
      {foot(work.busy)}
    </form>
  );
}
