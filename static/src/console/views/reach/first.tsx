import { useEffect, useState } from "preact/hooks";
import type { Reach } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { Section } from "../pages/page";
import "./dress";
import { TellHere } from "./section";

/** Among the first steps: how a customer who waits reaches its owner once the console is closed. */
export function FirstReach() {
  const [reach, show] = useState<Reach | null>(null);
  // Without an answer nothing is offered here; the account page says why.
  useEffect(() => void api.get<Reach>("me/reach").then(show, () => {}), []);
  if (!reach) return null;
  const told = reach.devices.length > 0;
  return (
    <Section title={t("reach")} lead={t("reach_first")}>
      <p class={told ? "quiet" : "reach-none"} role="status">
        {t(told ? "reach_first_told" : reach.mail_sent && reach.mail ? "reach_first_mail" : "reach_none")}
      </p>
      {!reach.devices.some((d) => d.current) && <TellHere reach={reach} show={show} />}
    </Section>
  );
}
