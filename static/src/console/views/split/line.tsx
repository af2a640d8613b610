import { Split } from "lucide-preact";
import type { AsideEvent, BaseEvent, Quote } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { openConversation } from "../../nav";
import { me } from "../../state/session";
import { clockTime, exactTime, longDate } from "../../words";
import { Folded } from "../customer/folded";

/** What became of a matter that was split off; the other side can be read in place. */
export function AsideLine({ event }: { event: AsideEvent & BaseEvent }) {
  const { other, by, quotes = [] } = event;
  const began = event.type === "aside.began";
  const words = { by: by.id === me.value?.agent.id ? t("you") : by.name, need: other.need || t("split_unnamed"), day: longDate(other.started_at) };
  return (
    <div class="split-line" title={exactTime(event.at)}>
      <Folded id={other.id}>
        <Split size={14} aria-hidden="true" />
        <span class="grow">
          {t(`split_${event.type.slice("aside.".length)}` as Key, words)} · {clockTime(event.at)}
        </span>
      </Folded>
      {quotes.map((q) => (
        <Said key={q.id} quote={q} />
      ))}
      {began && (
        <button type="button" class="link" onClick={() => openConversation(other.id)}>
          {t("split_open")}
        </button>
      )}
    </div>
  );
}

function Said({ quote }: { quote: Quote }) {
  return (
    <blockquote class="split-quote">
      <bdi>{quote.text}</bdi>
      <footer title={exactTime(quote.at)}>{t("split_quote", { name: quote.name || t(`by_${quote.by}` as Key), time: clockTime(quote.at) })}</footer>
    </blockquote>
  );
}
