/** What one does with an offer. */
import { api } from "../../api";
import { explain, take } from "../../desk";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { forgetOffer, nextOffer, offers } from "../../state/offers";
import { me } from "../../state/session";
import { done } from "../../state/toasts";
import { personName } from "../../words";
import { accept as carryOn } from "../handover/parts";
import type { Offer } from "../../../wire/protocol";

/** Takes the conversation, where it is not theirs already, and opens it. */
export async function accept(offer = nextOffer()): Promise<void> {
  if (!offer) return;
  if (offer.handing) return carryOn(offer);
  forgetOffer(offer.conversation_id);
  if (offer.until !== 0) await take(offer.conversation_id);
  openConversation(offer.conversation_id);
}

/** Lets the next one have it, for a reason where a colleague hands it over; what is theirs already is only put out of the way. */
export async function pass(offer = nextOffer(), why = ""): Promise<void> {
  if (!offer) return;
  forgetOffer(offer.conversation_id);
  if (offer.until === 0) return;
  try {
    await api.post(`conversations/${offer.conversation_id}/decline`, why ? { why } : {});
    done(t(offer.handing ? "handed_back" : "passed_on", { name: offer.handing?.from.name ?? personName(offer.person) }));
  } catch (err) {
    explain(err);
  }
}

/** After a connection: what was offered before it, and nothing that has ended since. */
export async function fetchOffers(): Promise<void> {
  const agent = me.value?.agent.id;
  const { offers: now } = await api.get<{ offers: Offer[] }>("me/offers");
  if (agent === me.value?.agent.id) offers.value = [...offers.value.filter((o) => o.until === 0), ...now];
}
