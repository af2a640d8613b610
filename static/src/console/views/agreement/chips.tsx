import { CalendarCheck, Check, X } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { raised, takeWish } from "../../state/agreement";
import { useChips, type Chip } from "../../state/chips";
import { serverNow } from "../../state/clock";
import { me } from "../../state/session";
import { Button, IconButton } from "../../ui/button";
import { Keys } from "../../ui/keys";
import { Due } from "./due";
import { useOwner, type Owner } from "./owner";
import { dueWords, usualTimes, zone } from "./when";

/** What the reply promises, offered to be held: one press, or Alt+K for the first. */
export function Chips({ id }: { id: string }) {
  const { chips, hold, dismiss } = useChips(id, zone());
  const ownerOf = useOwner(id);
  useEffect(() => {
    if (!takeWish(id, "chip")) return;
    const first = chips.find((c) => c.due_at);
    if (first) hold(first);
  }, [raised.value]);
  if (chips.length === 0) return null;
  return (
    <ul class="heard-chips" aria-label={t("heard_promises")}>
      {chips.map((chip, i) => (
        <li key={chip.text} class={`chip chip-${chip.state}`}>
          {chip.state === "armed" ? <Check size={14} aria-hidden="true" /> : <CalendarCheck size={14} aria-hidden="true" />}
          <span class="chip-text">
            <bdi>{chip.text}</bdi> {chip.due_at > 0 && <Due at={chip.due_at} />}
            {chip.due_at > 0 && <ChipOwner owner={ownerOf(chip.due_at)} />}
            {chip.opens_at && <span class="chip-away"> {t("chip_closed", { time: dueWords(chip.opens_at) })}</span>}
          </span>
          <Ways chip={chip} first={i === 0} hold={hold} />
          <IconButton class="small" label={t("no_promise")} onClick={() => dismiss(chip)}>
            <X size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

/** Who will answer for it, where that is not oneself, or not who would usually. */
function ChipOwner({ owner }: { owner: Owner | null }) {
  if (!owner) return null;
  const name = owner.handedTo === undefined ? owner.agent.name : (owner.handedTo?.name ?? t("to_anyone"));
  if (owner.away) return <span class="chip-away"> {t("chip_away", { name: owner.away.name, owner: name })}</span>;
  if (owner.agent.id === me.value?.agent.id) return null;
  return (
    <span class="quiet">
      {" "}
      · <bdi>{name}</bdi>
    </span>
  );
}

function Ways({ chip, first, hold }: { chip: Chip; first: boolean; hold: (chip: Chip, due?: number) => void }) {
  if (!chip.due_at) {
    return (
      <>
        <span class="quiet">{t("by_when_ask")}</span>
        {usualTimes(serverNow()).map(({ key, at }) => (
          <button key={key} type="button" class="pick" onClick={() => hold(chip, at)}>
            {t(key)}
          </button>
        ))}
      </>
    );
  }
  return (
    <Button kind="quiet" onClick={() => hold(chip)}>
      {t(chip.state === "armed" ? "promised_with_reply" : "promise_this")} {first && chip.state !== "armed" && <Keys keys="alt+K" />}
    </Button>
  );
}
