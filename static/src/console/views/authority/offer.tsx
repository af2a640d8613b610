import { Gift } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openEditor } from "../../state/agreement";
import { amountWords, authority, fetchAuthority } from "../../state/authority";
import { isClosed } from "../../state/conversation";
import { colleagues } from "../../state/team";
import { Button } from "../../ui/button";
import { Keys } from "../../ui/keys";
import { declinedAt } from "./declined";

/** How many kinds are named. */
const NAMED = 3;

/** After a declined offer: what may be given instead; nothing once something was, and never for who works alone. */
export function Offer({ id, view }: { id: string; view: ConversationView }) {
  const declined = declinedAt(view);
  const wanted = declined > 0 && !isClosed(id) && !view.grants.some((g) => g.conversation_id === id && Math.max(g.at, g.asked_at) > declined);
  useEffect(() => {
    if (wanted) void fetchAuthority().catch(() => {});
  }, [wanted]);
  const held = authority.value;
  const alone = held?.free && colleagues.value.length === 0;
  if (!wanted || !held || alone) return null;
  const may = held.free ? [] : held.left.filter((l) => l.now > 0).flatMap((l) => held.kinds.filter((k) => k.key === l.kind).map((k) => [k.name, k.unit === "none" ? "" : t("up_to", { amount: amountWords(l.now, k.unit, held.currency) })].filter(Boolean).join(" ")));
  return (
    <section class="offer" aria-label={t("offer_title")}>
      <h4>
        <Gift size={14} aria-hidden="true" /> {t("offer_title")}
      </h4>
      <p>
        <bdi>{held.free ? t("offer_free") : may.length > 0 ? t("offer_may", { list: may.slice(0, NAMED).join(", ") }) : t("offer_ask")}</bdi>
      </p>
      <Button onClick={() => openEditor(id, "grant")}>
        {t("give_or_ask")} <Keys keys="alt+G" />
      </Button>
    </section>
  );
}
