/** What is done in a handover, by both sides. */
import type { Candidate, HandoverFrame, Offer, Row, TeamToAsk } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { hearRows, rowOf } from "../../state/conversation";
import { putRow } from "../../state/lists";
import { forgetOffer } from "../../state/offers";
import { me } from "../../state/session";
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

type Whom = { person: Candidate } | { team: TeamToAsk };

/** Asks a colleague or a team to carry on; says whether they are being asked. */
export const handOver = (id: string, to: Whom, note: string) => askTo("handover", id, to, note);

/** Asks a colleague or a team to join; says whether they are being asked. */
export const invite = (id: string, to: Whom, note: string) => askTo("guests", id, to, note);

async function askTo(what: "handover" | "guests", id: string, to: Whom, note: string): Promise<boolean> {
  const whom = "person" in to ? { agent_id: to.person.id } : { team_id: to.team.id };
  const name = "person" in to ? to.person.name : to.team.name;
  const asked = await change(api.post<Row>(`conversations/${id}/${what}`, { ...whom, from: from(id), note }));
  if (asked) done(t(what === "guests" ? "join_asked" : "hand_asked", { name }), () => void recall(id));
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

/** Joins a colleague's conversation, and opens it. */
export async function join(id: string): Promise<void> {
  if (await change(api.post<Row>(`conversations/${id}/guests/join`, {}))) openConversation(id);
}

/** Ends a guest's visit: one's own, or that of somebody whose help is not wanted any more. */
export async function leave(id: string, guest: { id: string; name: string }): Promise<void> {
  if (!(await change(api.remove<Row>(`conversations/${id}/guests/${guest.id}`)))) return;
  const customer = nameOf(id);
  if (guest.id !== me.value?.agent.id) done(t("join_gone", { name: guest.name, customer }));
  else done(t("join_left", { name: rowOf(id)?.assignee?.name ?? t("customer"), customer }));
}

/** Carries on with what a colleague hands over, or joins them in it. */
export async function accept(offer: Offer): Promise<void> {
  const id = offer.conversation_id;
  forgetOffer(id);
  if (offer.handing!.joins) return join(id);
  if (await change(api.post<Row>(`conversations/${id}/take`, { from: offer.handing!.from.id }))) openConversation(id);
}

/** What came of what one has handed over, or of whom one has invited. */
export function hearHandover({ conversation_id: id, agent, why, next, joins }: HandoverFrame): void {
  const customer = nameOf(id);
  if (!why) done(t(joins ? "join_came" : "hand_taken", { name: agent.name, customer }));
  else if (next) done(t("hand_next", { name: agent.name, why, next: next.name }));
  else failed(t("hand_back", { name: agent.name, why }), t(joins ? "join_back_detail" : "hand_back_detail", { customer }));
}
