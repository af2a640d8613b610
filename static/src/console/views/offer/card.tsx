import { TriangleAlert } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Offer } from "../../../wire/protocol";
import { t } from "../../i18n";
import { now, serverNow } from "../../state/clock";
import { forgetOffer, nextOffer, offers } from "../../state/offers";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { Keys } from "../../ui/keys";
import { personName, stopwatch } from "../../words";
import { Handed } from "../handover/parts";
import { accept, pass } from "./deeds";

/** How long a note of what was given stays, ms. */
const GIVEN_MS = 20_000;

/** What is held out to this agent, above the page: taking it and passing on it are one key each. */
export default function Offers() {
  const list = offers.value;
  const next = nextOffer();
  return (
    <section aria-label={t("offers")} aria-live="polite">
      {list.map((offer) => (
        <Card key={offer.conversation_id} offer={offer} first={offer.conversation_id === next?.conversation_id} />
      ))}
    </section>
  );
}

function Card({ offer, first }: { offer: Offer; first: boolean }) {
  const { conversation_id: id, until, person } = offer;
  const given = until === 0;
  const { handing } = offer;
  const [declining, decline] = useState(false);
  // The server ends it; where it cannot say so any more, it ends here.
  useEffect(() => {
    const timer = setTimeout(() => forgetOffer(id), given ? GIVEN_MS : Math.max(0, until - serverNow()) + 2_000);
    return () => clearTimeout(timer);
  }, [id, until]);
  return (
    <article class="slip slip-mine">
      <header class="slip-head">
        <Face id={person.id} name={person.name} size="small" />
        <strong class="grow">
          <bdi>{personName(person)}</bdi>
        </strong>
        {offer.waiting_since > 0 && (
          <span class="figures quiet" aria-hidden="true">
            {stopwatch(now.value - offer.waiting_since)}
          </span>
        )}
      </header>
      {offer.complaint && (
        <span class="tag slip-tag">
          <TriangleAlert size={12} aria-hidden="true" /> {t("complaint_row")}
        </span>
      )}
      <p class="slip-text" dir="auto">
        {offer.text}
      </p>
      {handing && <Handed handing={handing} declining={declining} decline={(why) => void pass(offer, why)} />}
      {!handing && <p class="slip-why">{t(given ? "given_because" : "offered_because", { why: offer.why })}</p>}
      <div class="slip-actions">
        <Button kind="primary" onClick={() => void accept(offer)}>
          {t(handing ? (handing.joins ? "join_accept" : "hand_accept") : given ? "open_given" : "take_offer_now")} {first && <Keys keys="alt+V" />}
        </Button>
        {!declining && (
          <Button onClick={() => (handing ? decline(true) : void pass(offer))}>
            {t(given ? "later" : handing?.joins ? "join_decline" : "pass_on")} {first && <Keys keys="alt+shift+V" />}
          </Button>
        )}
        {!given && (
          <span class="slip-left quiet figures" role="timer" aria-label={t("offer_left")}>
            {stopwatch(until - now.value)}
          </span>
        )}
      </div>
    </article>
  );
}
