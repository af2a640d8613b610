import type { ConversationView, CustomerPromise } from "../../../wire/protocol";
import { t } from "../../i18n";
import { delayable, waitingDelays } from "../../state/delays";
import { openPromises } from "../../state/promises";
import { Offer } from "../authority/lazy";
import { PromiseItem } from "./promise";
import { Theirs } from "./theirs";

/** In the coach's column: what may be given after a declined offer, and the open promises. */
export function OpenPromises({ id, view }: { id: string; view: ConversationView }) {
  const open = openPromises(view.promises);
  const waiting = waitingDelays(view);
  const reported = (p: CustomerPromise) => waiting.find((d) => delayable(d, view.promises).sure?.id === p.id);
  return (
    <>
      {(view.matter.declined_at || view.cards.some((c) => c.state === "declined")) && <Offer id={id} view={view} />}
      {open.length > 0 && (
        <section class="open-promises" aria-label={t("open_promises")}>
          <h4>{t("open_promises")}</h4>
          <Theirs.Provider value={view.person}>
            <ul>
              {open.map((p) => (
                <PromiseItem key={p.id} promise={p} reported={reported(p)} />
              ))}
            </ul>
          </Theirs.Provider>
        </section>
      )}
    </>
  );
}
