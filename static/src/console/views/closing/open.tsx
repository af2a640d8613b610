import type { Card, OpenMatter } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import type { stillOpen } from "../../state/closing";
import { viewOf } from "../../state/conversation";
import { dropMatter, stepOf, turnTo } from "../../state/matters";
import { done } from "../../state/toasts";
import { useWork } from "../../ui/busy";
import { Button } from "../../ui/button";
import { stepName } from "../../words";
import { Kept } from "../agreement/closing";
import { takeBack } from "../agreement/line";

interface Props {
  id: string;
  open: ReturnType<typeof stillOpen>;
  /** A matter was settled, or is open again. */
  settled: () => void;
}

/** What should not be forgotten, with the way to settle it. */
export function Open({ id, open, settled }: Props) {
  const { promises, cards, matters } = open;
  /** What they came for first, and what something is open in, cannot be dropped. */
  const fixed = (m: OpenMatter) => m.number === 1 || [...promises, ...cards].some((x) => x.matter_id === m.id);
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
        {matters.map((m) => (
          <Left key={m.id} id={id} matter={m} fixed={fixed(m)} settled={settled} />
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

/** A matter beside the current one: it is solved, or was none of its own. Either can be taken back. */
function Left({ id, matter, fixed, settled }: { id: string; matter: OpenMatter; fixed: boolean; settled: () => void }) {
  const { need, step, number } = matter;
  const work = useWork();
  const settle = (act: () => Promise<void>, said: string, back: () => Promise<void>) =>
    work.run(() =>
      act().then(() => {
        settled();
        done(said, () => void back().then(settled, explain));
      }, explain),
    );
  const solve = () => settle(() => stepOf(id, matter.id, "closing"), t("matter_solved", { n: number }), () => stepOf(id, matter.id, step));
  const drop = () => {
    const current = viewOf(id)?.matter.id ?? "";
    settle(() => dropMatter(id, matter.id), t("matter_left", { n: number }), () => turnTo(id, matter.id).then(() => turnTo(id, current)));
  };
  return (
    <li>
      <bdi class="grow">{need ? t("matter_open", { step: stepName(step), need }) : t("matter_open_unknown", { step: stepName(step) })}</bdi>
      <Button busy={work.busy} aria-label={t("matter_solved_of", { n: number })} onClick={solve}>
        {t("matter_is_solved")}
      </Button>
      {!fixed && (
        <Button kind="quiet" busy={work.busy} aria-label={t("matter_left_of", { n: number })} onClick={drop}>
          {t("matter_not_needed")}
        </Button>
      )}
    </li>
  );
}
