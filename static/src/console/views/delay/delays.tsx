import { ChevronDown, ClockAlert, X } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { ConversationView, CustomerPromise, Delay } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { raised, takeWish } from "../../state/agreement";
import { delayable, dropDelay, tellDelay, waitingDelays } from "../../state/delays";
import { Button, IconButton } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Keys } from "../../ui/keys";
import { Menu } from "../../ui/menu";
import { dueWords } from "../agreement/when";
import "./dress";

/** What is reported to be late and nobody has told yet: one press tells the customer and moves the promise. */
export function Delays({ id, view }: { id: string; view: ConversationView }) {
  const waiting = waitingDelays(view);
  const [first] = waiting;
  useEffect(() => {
    if (takeWish(id, "delay") && first) void tellDelay(id, first, delayable(first, view.promises).sure?.id).catch(explain);
  }, [raised.value]);
  if (!first) return null;
  return (
    <ul class="delays" aria-label={t("delays")}>
      {waiting.map((d) => (
        <Item key={d.id} id={id} delay={d} {...delayable(d, view.promises)} first={d === first} />
      ))}
    </ul>
  );
}

interface Shown {
  id: string;
  delay: Delay;
  /** The promise that it is about. */
  sure?: CustomerPromise;
  /** Those that it may be about. */
  others: CustomerPromise[];
  first: boolean;
}

function Item({ id, delay, sure, others, first }: Shown) {
  const work = useWork();
  const tell = (promise?: string) => work.run(() => tellDelay(id, delay, promise));
  const about = delay.until ? t("delay_new_time", { time: dueWords(delay.until) }) : t("delay_no_time");
  return (
    <li class="delay">
      <ClockAlert size={16} aria-hidden="true" />
      <div class="grow">
        <p>
          <bdi>{t(delay.source === "site" ? "delay_known" : "delay_unproven", { what: delay.what || delay.reference })}</bdi>
        </p>
        <p class="quiet">
          {delay.reason && <bdi>{delay.reason} · </bdi>}
          {about}
        </p>
        {work.error && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
      </div>
      <div class="delay-ways">
        <Button onClick={() => tell(sure?.id)} busy={work.busy}>
          {t(sure && delay.until ? "delay_tell_move" : "delay_tell")} {first && <Keys keys="alt+L" />}
        </Button>
        {others.length > 0 && (
          <Menu label={t("delay_which")} placement="top-end" items={others.map((p) => ({ id: p.id, label: p.text, run: () => tell(p.id) }))} head={<p class="delay-menu-head">{t("delay_which")}</p>}>
            <ChevronDown size={16} />
          </Menu>
        )}
      </div>
      <IconButton class="small" label={t("delay_drop")} onClick={() => work.run(() => dropDelay(id, delay))}>
        <X size={14} />
      </IconButton>
    </li>
  );
}
