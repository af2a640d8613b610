import { t } from "../../i18n";
import { deskPath, go } from "../../nav";
import { elsewhere } from "../../state/elsewhere";
import { chooseSite } from "../../state/session";

/** How many sites are offered; the switch above the lists has them all. */
const FEW = 3;

/** The ways to where somebody waits, though nobody does here. */
export function Elsewhere() {
  const goTo = (site: string) => {
    chooseSite(site);
    go(deskPath("queue"));
  };
  return (
    <>
      {elsewhere.value.slice(0, FEW).map(({ site, n }) => (
        <button key={site.id} type="button" class="button button-plain" onClick={() => goTo(site.id)}>
          {t("n_wait_on", { n, site: site.name })}
        </button>
      ))}
    </>
  );
}
