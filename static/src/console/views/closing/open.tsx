import type { Card, ClosingView, OpenMatter } from "../../../wire/protocol";
import { t } from "../../i18n";
import type { stillOpen } from "../../state/closing";
import { Button } from "../../ui/button";
import { stepName } from "../../words";
import { Kept } from "../agreement/closing";
import { takeBack } from "../agreement/line";

/** What should not be forgotten, with the way to settle it. */
export function Open({ open }: { open: ReturnType<typeof stillOpen> }) {
  const { promises, cards, matters } = open;
  if (promises.length + cards.length + matters.length === 0) return null;
  return (
    <section class="part" aria-labelledby="still-open">
      <p id="still-open" class="field-label">
        {t("still_open")}
      </p>
      <ul class="closing-list">
        {promises.map((p) => (
          <Kept key={p.id} promise={p} />
        ))}
        {cards.map((c) => (
          <Unanswered key={c.id} card={c} />
        ))}
        {matters.map((m: ClosingView["matters"][number]) => (
          <Left key={m.id} matter={m} />
        ))}
      </ul>
    </section>
  );
}

function Unanswered({ card }: { card: Card }) {
  return (
    <li>
      <span class="grow one-line">
        <bdi>{t("card_unanswered", { text: card.text })}</bdi>
      </span>
      <Button kind="quiet" onClick={() => void takeBack(card)}>
        {t("take_card_back")}
      </Button>
    </li>
  );
}

function Left({ matter: { need, step } }: { matter: OpenMatter }) {
  return (
    <li>
      <bdi>{need ? t("matter_open", { step: stepName(step), need }) : t("matter_open_unknown", { step: stepName(step) })}</bdi>
    </li>
  );
}
