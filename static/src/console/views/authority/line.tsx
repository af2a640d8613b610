import { CircleHelp, Gift, X } from "lucide-preact";
import type { ConversationEvent, Grant } from "../../../wire/protocol";
import { t } from "../../i18n";
import { clockTime, exactTime } from "../../words";
import { grantWords } from "./words";

type GrantEvent = Extract<ConversationEvent, { grant: Grant }>;

/** What was given, asked or refused, where it happened; the customer never sees it. */
export function GrantLine({ event }: { event: ConversationEvent }) {
  if (!("grant" in event)) return null;
  const { grant: g, at } = event;
  const Icon = event.type === "grant.given" ? Gift : event.type === "grant.refused" ? X : CircleHelp;
  return (
    <p class={`event-line promise-line ${event.type === "grant.given" ? "kept" : ""}`} title={exactTime(at)}>
      <Icon size={14} aria-hidden="true" />
      <span>
        <bdi>{happened(event.type, g)}</bdi> · {t(`reason_${g.reason}`)}
        {g.note && (
          <>
            {" "}
            · <bdi>“{g.note}”</bdi>
          </>
        )}
        {(event.type === "grant.given" || event.type === "grant.refused") && g.words && (
          <>
            {" "}
            · <bdi>{g.words}</bdi>
          </>
        )}{" "}
        · {clockTime(at)}
      </span>
    </p>
  );
}

function happened(type: GrantEvent["type"], g: Grant): string {
  const values = { name: g.by.name, what: grantWords(g), of: g.asked_of?.name ?? "", by: g.decided_by?.name ?? "" };
  switch (type) {
    case "grant.given":
      return t(g.decided_by ? "line_approved" : "line_given", values);
    case "grant.asked":
      return t(g.asked_of ? "line_asked" : "line_asked_before", values);
    case "grant.refused":
      return t("line_refused", values);
    case "grant.unanswered":
      return t("line_unanswered", values);
    case "grant.withdrawn":
      return t("line_withdrawn", values);
  }
}
