/** What is done in a handover, by both sides. */
import type { Candidate, HandoverFrame, Offer, Row, TeamToAsk } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { hearRows, rowOf } from "../../state/conversation";
import { putRow } from "../../state/lists";
import { forgetOffer } from "../../state/offers";
import { done, failed } from "../../state/toasts";
import { personName } from "../../words";

/** Does something to a conversation; false when the server refused, which has been said then. */
async function change(work: Promise<Row>): Promise<boolean> {
  try {
    const row = await work;
    putRow(row);
    hearRows([row]);
    return true;
  } catch (err) {
    explain(err);
    return false;
  }
}

const nameOf = (id: string) => {
  const row = rowOf(id);
  return row ? personName(row.person) : t("customer");
};
const from = (id: string) => rowOf(id)?.assignee?.id ?? "";

/** Asks a colleague or a team to carry on; says whether they are being asked. */
export async function handOver(id: string, to: { person: Candidate } | { team: TeamToAsk }, note: string): Promise<boolean> {
  const whom = "person" in to ? { agent_id: to.person.id } : { team_id: to.team.id };
  const name = "person" in to ? to.person.name : to.team.name;
  const asked = await change(api.post<Row>(`conversations/${id}/handover`, { ...whom, from: from(id), note }));
  if (asked) done(t("hand_asked", { name }), () => void recall(id));
  return asked;
}

/** Takes a handover back that nobody has taken. */
export async function recall(id: string): Promise<void> {
  if (await change(api.remove<Row>(`conversations/${id}/handover`))) done(t("hand_recalled", { name: nameOf(id) }));
}

/** Promises an answer where nobody is there, and puts the conversation into the queue. */
export async function promiseAnswer(id: string): Promise<boolean> {
  const promised = await change(api.post<Row>(`conversations/${id}/handover/promise`, { from: from(id) }));
  if (promised) done(t("hand_promised", { name: nameOf(id) }));
  return promised;
}

/** Carries on with what a colleague hands over. */
export async function accept(offer: Offer): Promise<void> {
  const id = offer.conversation_id;
  forgetOffer(id);
  if (await change(api.post<Row>(`conversations/${id}/take`, { from: offer.handing!.from.id }))) openConversation(id);
}

/** What came of what one has handed over. */
export function hearHandover({ conversation_id: id, agent, why, next }: HandoverFrame): void {
  const customer = nameOf(id);
  if (!why) done(t("hand_taken", { name: agent.name, customer }));
  else if (next) done(t("hand_next", { name: agent.name, why, next: next.name }));
  else failed(t("hand_back", { name: agent.name, why }), t("hand_back_detail", { customer }));
}
