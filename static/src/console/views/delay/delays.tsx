import { ClockAlert, X } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { ConversationView, CustomerPromise, Delay } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { raised } from "../../state/agreement";
import { delayable, dropDelay, tellDelay, waitingDelays } from "../../state/delays";
import { Button, IconButton } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Keys } from "../../ui/keys";
import { dueWords } from "../agreement/when";
import "./dress";

/** How many promises are offered beside one report: with more, who decides goes to the promise itself. */
const OFFERED = 3;

/** What is reported to be late and nobody has told yet: one press tells the customer and moves the promise. */
export function Delays({ id, view }: { id: string; view: ConversationView }) {
  const waiting = waitingDelays(view);
  const [first] = waiting;
  useEffect(() => {
    if (raised.value !== "delay") return;
    raised.value = null;
    if (first) void tellDelay(id, first, delayable(first, view.promises)[0]?.id).catch(explain);
  }, [raised.value]);
  if (!first) return null;
  return (
    <ul class="delays" aria-label={t("delays")}>
      {waiting.map((d) => (
        <Item key={d.id} id={id} delay={d} promises={delayable(d, view.promises)} first={d === first} />
      ))}
    </ul>
  );
}

function Item({ id, delay, promises, first }: { id: string; delay: Delay; promises: CustomerPromise[]; first: boolean }) {
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
        {promises.slice(0, OFFERED).map((p, i) => (
          <Button key={p.id} onClick={() => tell(p.id)} busy={work.busy} title={p.text}>
            {t(delay.until ? "delay_tell_move" : "delay_tell")} {promises.length > 1 && <bdi class="delay-which">{p.text}</bdi>} {first && i === 0 && <Keys keys="alt+L" />}
          </Button>
        ))}
        {promises.length === 0 && (
          <Button onClick={() => tell()} busy={work.busy}>
            {t("delay_tell")} {first && <Keys keys="alt+L" />}
          </Button>
        )}
      </div>
      <IconButton class="small" label={t("delay_drop")} onClick={() => work.run(() => dropDelay(id, delay))}>
        <X size={14} />
      </IconButton>
    </li>
  );
}
