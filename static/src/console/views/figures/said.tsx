import type { Figures } from "../../../wire/protocol";
import { t } from "../../i18n";

/** How many said 5, 4 … 1, and whether it is solved. */
export function Said({ figures: f }: { figures: Figures }) {
  const most = Math.max(1, ...f.ratings);
  return (
    <>
      <ol class="figures-said" reversed>
        {[5, 4, 3, 2, 1].map((stars) => (
          <li key={stars}>
            <span>{t("figures_stars", { n: stars })}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect class="figures-room" width="100" height="10" />
              <rect class={stars >= 4 ? "figures-good" : "figures-began"} width={(f.ratings[stars - 1]! * 100) / most} height="10" />
            </svg>
            <span class="figures report-n">{f.ratings[stars - 1]}</span>
          </li>
        ))}
      </ol>
      <p class="quiet">
        {t("figures_solved", { n: f.solved })} · {t("figures_not_yet", { n: f.not_yet })}
      </p>
    </>
  );
}
