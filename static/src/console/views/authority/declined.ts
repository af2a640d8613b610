/** When the customer declined what was offered last, with a card or in words; 0 for never. */
import type { ConversationView } from "../../../wire/protocol";

export function declinedAt(view: Pick<ConversationView, "cards" | "matter">): number {
  const last = view.cards.findLast((c) => c.matter_id === view.matter.id && c.kind === "proposal" && c.state !== "replaced" && c.state !== "withdrawn");
  return Math.max(last?.state === "declined" ? (last.answer?.at ?? 0) : 0, view.matter.declined_at ?? 0);
}
