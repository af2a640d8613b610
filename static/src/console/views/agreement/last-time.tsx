import { useEffect, useState } from "preact/hooks";
import type { ConversationView, Feedback } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";

/** What a conversation came to: what was agreed, which promise was not kept, what the customer said of it. */
export function outcome(view: Pick<ConversationView, "cards" | "promises" | "events">) {
  const agreed = view.cards.findLast((c) => c.state === "accepted" || c.state === "confirmed");
  const broken = view.promises.findLast((p) => p.whose === "ours" && p.state === "broken");
  const given = view.events.findLast((e) => e.type === "feedback.given");
  return { agreed: agreed?.text ?? "", broken: broken?.text ?? "", said: given ? wordsOf(given.feedback) : "" };
}

function wordsOf({ solved, rating, comment }: Feedback): string {
  const parts = [solved && t(solved === "yes" ? "last_solved" : "last_not_yet"), rating > 0 && t("feedback_rating", { n: rating }), comment && `“${comment}”`];
  return parts.filter(Boolean).join(" · ");
}

/** How the conversation before this one ended, for a customer who comes back; nothing where there is nothing to tell. */
export function LastTime({ view }: { view: ConversationView }) {
  const [last, show] = useState<ReturnType<typeof outcome> | null>(null);
  const before = view.earlier[0]?.id;
  useEffect(() => {
    if (before) api.get<ConversationView>(`conversations/${before}`).then((v) => show(outcome(v)), () => show(null));
  }, [before]);
  if (!last || !(last.agreed || last.broken || last.said)) return null;
  return (
    <div class="section">
      <h4>{t("last_time")}</h4>
      {last.agreed && <p dir="auto">{t("last_agreed", { text: last.agreed })}</p>}
      {last.broken && <p dir="auto">{t("last_broken", { text: last.broken })}</p>}
      {last.said && <p dir="auto">{last.said}</p>}
    </div>
  );
}
