import "./dress";
import { useState } from "preact/hooks";
import type { Facts, Landed, Site } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { replaceSite } from "../../state/session";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { Choice, TextField } from "../../ui/field";
import { Saving } from "../../ui/saving";
import { Section } from "../pages/page";
import { fetchGuide, tellLanded } from "./tabs";
import { FACTS, TRADES } from "./trades";

/** The owner's trade and the five facts that templates and answers say. */
export function TradeFacts({ now }: { now: Site }) {
  const [trade, setTrade] = useState(now.trade);
  const [facts, setFacts] = useState<Facts>(now.facts);
  const work = useWork();
  const changed = trade !== now.trade || FACTS.some((f) => facts[f] !== now.facts[f]);
  const save = async () => {
    replaceSite(await api.patch<Site>(`sites/${now.id}`, { trade, facts }));
    done(t("saved"));
  };
  const bring = async () => {
    try {
      tellLanded(await api.post<Landed>(`sites/${now.id}/guide/starter`, { trade }));
      await fetchGuide();
    } catch (err) {
      explain(err);
    }
  };
  return (
    <Section title={t("trade_facts")} lead={t("trade_facts_lead")}>
      <form
        class="editor"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(save);
        }}
      >
        <Choice label={t("trade")} value={trade} onChange={setTrade} options={TRADES.map((v) => ({ value: v, label: t(`trade_${v}`) }))} />
        {FACTS.map((f) => (
          <TextField key={f} label={t(`fact_${f}`)} dir="auto" maxLength={300} placeholder={t(`fact_${f}_example`)} value={facts[f]} onValue={(words) => setFacts({ ...facts, [f]: words })} />
        ))}
        <Saving work={work} changed={changed}>
          <Button onClick={() => void bring()}>{t("trade_bring")}</Button>
          <span class="quiet">{t("trade_bring_hint")}</span>
        </Saving>
      </form>
    </Section>
  );
}
