import { useState } from "preact/hooks";
import type { Purchase } from "../../../wire/protocol";
import { locale, t } from "../../i18n";
import { now } from "../../state/clock";
import { ago, exactTime } from "../../words";

const SHOWN = 3;

/** What they have bought, latest first, with the sum in each currency. */
export function Purchases({ list }: { list: readonly Purchase[] }) {
  const [all, showAll] = useState(false);
  if (list.length === 0) return null;
  const shown = all ? list : list.slice(0, SHOWN);
  return (
    <div class="section">
      <div class="section-head">
        <h4 class="grow">{t("purchases")}</h4>
        <span class="quiet">{sums(list).join(" + ")}</span>
      </div>
      <ol class="pages">
        {shown.map((p) => (
          <li key={p.reference}>
            <span class="grow earlier-text" title={p.text}>
              <bdi>{[p.text || p.reference, p.state].filter(Boolean).join(" · ")}</bdi>
            </span>
            <span class="figures">{money(p.amount, p.currency)}</span>
            <time title={exactTime(p.at)}>{ago(p.at, now.value)}</time>
          </li>
        ))}
      </ol>
      {list.length > shown.length && (
        <button type="button" class="link more" onClick={() => showAll(true)}>
          {t("n_more", { n: list.length - shown.length })}
        </button>
      )}
    </div>
  );
}

/** An amount in hundredths, as people write it here. */
function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale(), { style: "currency", currency }).format(amount / 100);
}

/** What they spent, a sum for each currency. */
function sums(list: readonly Purchase[]): string[] {
  const totals = new Map<string, number>();
  for (const p of list) totals.set(p.currency, (totals.get(p.currency) ?? 0) + p.amount);
  return [...totals].map(([currency, amount]) => money(amount, currency));
}
