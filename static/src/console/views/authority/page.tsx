import { t } from "../../i18n";
import { explain } from "../../desk";
import { authority, fetchAuthority, settleWish } from "../../state/authority";
import { now } from "../../state/clock";
import type { Authority as Held } from "../../../wire/protocol";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { ago, exactTime } from "../../words";
import { useFetched } from "../guide/use-fetched";
import { Page, Section } from "../pages/page";
import { Limits } from "./limits";
import { Readers } from "./readers";
import { Terms } from "./terms";
import { Totals } from "./totals";

/** What may be given here, by whom and how much, and what was. */
export function Authority() {
  const { loading, error, retry } = useFetched(fetchAuthority);
  const held = authority.value;
  return (
    <Page at="team" title={t("authority")} lead={t("authority_lead")}>
      {error !== null && <Trouble message={error} retry={retry} />}
      {loading && !held && <Skeleton kind="row" lines={4} />}
      {held && <Whole held={held} />}
    </Page>
  );
}

function Whole({ held }: { held: Held }) {
  return (
    <>
      {!held.free && (
        <Section title={t("your_limits")} lead={t(held.version > 0 ? "your_limits_lead" : "no_limits_yet")}>
          {held.version > 0 && <Terms held={held} />}
        </Section>
      )}
      {held.free && held.wishes.length > 0 && (
        <Section title={t("wishes")}>
          <ul class="wishes">
            {held.wishes.map((w) => (
              <li key={w.id}>
                <span class="grow">
                  <strong>
                    <bdi>{w.by.name}</bdi>
                  </strong>{" "}
                  <bdi>{w.text}</bdi> <time class="quiet" title={exactTime(w.at)}>{ago(w.at, now.value)}</time>
                </span>
                <Button kind="quiet" onClick={() => void settleWish(w.id).catch(explain)}>
                  {t("seen_to")}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {held.free && <Limits key={held.version} held={held} />}
      {held.free && !held.solo && held.version > 0 && <Readers held={held} />}
      <Totals />
    </>
  );
}
