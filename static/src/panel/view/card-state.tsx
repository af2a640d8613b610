import { useEffect, useRef } from "preact/hooks";
import type { Card, CardState, Pending } from "../../wire";
import type { App } from "../app";
import { t, type Key } from "../words";
import { Icon, type IconName } from "./icons";
import { due, exact } from "./time";
import { Why } from "./why";

const ENDS: Record<Exclude<CardState, "sent">, { icon: IconName; key: Key }> = {
  confirmed: { icon: "check", key: "card.confirmed" },
  corrected: { icon: "back", key: "card.corrected" },
  accepted: { icon: "check", key: "card.accepted" },
  asked: { icon: "back", key: "card.asked" },
  declined: { icon: "close", key: "card.declined" },
  replaced: { icon: "down", key: "card.replaced" },
  withdrawn: { icon: "back", key: "card.withdrawn" },
};

/** What the visitor answered and when, or why there is nothing left to answer. */
export function Answered({ card }: { card: Card }) {
  if (card.state === "sent") return null;
  const { icon, key } = ENDS[card.state];
  const { answer } = card;
  return (
    <p class={`outcome ${card.state}`}>
      <Icon name={icon} />
      <span>
        {t(key, { agent: card.by.name })}
        {answer && <> · <time dateTime={new Date(answer.at).toISOString()} title={exact(answer.at)}>{due(answer.at)}</time></>}
      </span>
    </p>
  );
}

/** The answer is kept until the server has it; the button that was pressed is gone, so the focus comes here. */
export function AnswerWaits({ app, pending }: { app: App; pending: Pending }) {
  const { failed, client_id: id } = pending;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!document.activeElement || document.activeElement === document.body) place.current?.focus();
  }, []);
  const waits = app.model.value.link.state === "live" ? "card.sending" : "card.waits";
  return (
    <div class={`outcome ${failed ? "failed" : ""}`} ref={place} tabIndex={-1} role="status">
      <p><Icon name={failed ? "alert" : "clock"} /> <span>{failed ? t("state.failed") : t(waits)} {failed && <Why failure={failed} />}</span></p>
      {pending.text && <p class="quote" dir="auto">{pending.text}</p>}
      {failed && (
        <p class="choices">
          <button type="button" onClick={() => app.run({ do: "retry", id })}>{t("state.retry")}</button>
          <button type="button" onClick={() => app.run({ do: "discard", id })}>{t("state.discard")}</button>
        </p>
      )}
    </div>
  );
}
