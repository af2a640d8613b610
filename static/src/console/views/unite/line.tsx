import { Merge } from "lucide-preact";
import type { AsideEvent, BaseEvent, ConversationEvent } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { me } from "../../state/session";
import { clockTime, exactTime, longDate } from "../../words";
import { Folded } from "../customer/folded";
import { AsideLine } from "../split/lazy";
import "./dress";

type UniteEvent = Extract<ConversationEvent, { type: "conversation.merged" | "conversation.received" }>;

/** Another conversation went on here, and can be read in place; or this one goes on there. */
export function United({ event }: { event: UniteEvent | (BaseEvent & AsideEvent) }) {
  if (event.type.startsWith("aside.")) return <AsideLine event={event as BaseEvent & AsideEvent} />;
  return <Became event={event as UniteEvent} />;
}

function Became({ event }: { event: UniteEvent }) {
  const { other, by } = event;
  const words = { by: by.id === me.value?.agent.id ? t("you") : by.name, day: longDate(other.started_at), n: other.messages ?? 0 };
  if (event.type === "conversation.received") {
    return (
      <div class="unite-line" title={exactTime(event.at)}>
        <Folded id={other.id}>
          <Merge size={14} aria-hidden="true" />
          <span class="grow">
            {t("unite_received", words)} · {clockTime(event.at)}
          </span>
        </Folded>
      </div>
    );
  }
  return (
    <p class="event-line" title={exactTime(event.at)}>
      {t("unite_merged", words)} · {clockTime(event.at)}{" "}
      <button type="button" class="link" onClick={() => openConversation(other.id)}>
        {t("unite_go")}
      </button>
    </p>
  );
}
