/** Sending cards and taking them back; what is begun of one stays in this browser until it is sent. */
import { signal } from "@preact/signals";
import type { Card, ConversationView, Matter, Message } from "../../wire/protocol";
import { newId, withCard } from "../../wire";
import { api } from "../api";
import { setView } from "./conversation";
import { me } from "./session";
import { keep, recall } from "./storage";
import { laterMatter } from "./thread";

export interface CardOption {
  key: string;
  title: string;
  detail: string;
}
/** What an agent has begun to write of a card. */
export interface CardDraft {
  /** Stays the same until it is sent, so that sending twice makes one card. */
  client_id: string;
  text: string;
  options: CardOption[];
  limits: string;
  our_part: string;
  our_due: number;
  your_part: string;
  your_due: number;
}

export const emptyCard = (text = ""): CardDraft => ({ client_id: newId(), text, options: [], limits: "", our_part: "", our_due: 0, your_part: "", your_due: 0 });

/** Raised with every change of a draft. */
const turn = signal(0);
const place = (id: string, kind: Card["kind"]) => `card:${me.value?.agent.id}:${id}:${kind}`;

export function cardDraft(id: string, kind: Card["kind"]): CardDraft | null {
  void turn.value;
  return recall<CardDraft | null>(place(id, kind), null);
}
/** null: it was sent or given up. */
export function keepCard(id: string, kind: Card["kind"], draft: CardDraft | null): void {
  keep(place(id, kind), draft ?? undefined);
  turn.value++;
}

/** What goes to the server of a draft: a summary is only its words, and what is empty is left out. */
export function cardBody(kind: Card["kind"], draft: CardDraft): object {
  const { client_id, text } = draft;
  if (kind === "summary") return { client_id, kind, text };
  const options = draft.options.filter((o) => o.title.trim()).map((o, i) => ({ ...o, key: `option-${i + 1}` }));
  const part = (name: "our" | "your") => (draft[`${name}_part`].trim() ? { [`${name}_part`]: draft[`${name}_part`], [`${name}_due`]: draft[`${name}_due`] } : {});
  return { client_id, kind, text, ...(options.length ? { options } : {}), ...(draft.limits.trim() ? { limits: draft.limits } : {}), ...part("our"), ...part("your") };
}

/** The field that keeps a card from being sent, or "". */
export function missing(kind: Card["kind"], draft: CardDraft): "text" | "options" | "our_due" | "your_due" | "" {
  if (!draft.text.trim()) return "text";
  if (kind === "summary") return "";
  if (draft.options.length && draft.options.filter((o) => o.title.trim()).length < 2) return "options";
  if (draft.our_part.trim() && !draft.our_due) return "our_due";
  return draft.your_part.trim() && !draft.your_due ? "your_due" : "";
}

/** So many messages of the customer are a long talk. */
const LONG_TALK = 8;
const MONEY = /\b(refund|money|pay|paid|invoice|charge[ds]?|price)\b|[$€£]\s?\d/i;

/** The card that is worth sending now, if any: for a complaint, for money, in a long talk; each once in a matter. */
export function worthA({ matter, cards, messages, row }: Pick<ConversationView, "matter" | "cards" | "messages" | "row">): Card["kind"] | "" {
  const theirs = messages.filter((m) => m.author.kind === "person");
  const weighs = matter.type === "complaint" || theirs.length >= LONG_TALK || (matter.type !== "compliment" && theirs.some((m) => MONEY.test(m.text)));
  if (!weighs || row.state === "closed") return "";
  const had = (kind: Card["kind"]) => cards.some((c) => c.kind === kind && c.matter_id === matter.id);
  if (matter.step === "understanding" && !had("summary")) return "summary";
  return matter.step === "agreeing" && !had("proposal") ? "proposal" : "";
}

/** A waiting card that the customer seems to have agreed to in a message of theirs: their words moved the step. */
export function agreedInWords({ matter, cards, messages, row }: Pick<ConversationView, "matter" | "cards" | "messages" | "row">): { card: Card; message: Message } | null {
  const move = matter.progress.findLast((p) => p.what === "step");
  const message = move?.by === "system" ? messages.find((m) => m.id === move.cause && m.author.kind === "person") : undefined;
  if (!message || row.state === "closed") return null;
  const kind = move!.state === "delivering" ? "proposal" : move!.state === "agreeing" ? "summary" : "";
  const card = cards.find((c) => c.kind === kind && c.state === "sent" && c.matter_id === matter.id && c.sent_at <= message.at);
  return card ? { card, message } : null;
}

/** Notes that a message agrees to a card; option is the one that they chose, or "". */
export async function noteYes(card: Card, message: Message, option: string): Promise<void> {
  const noted = await api.post<Card>(`conversations/${card.conversation_id}/cards/${card.id}/yes`, { message_id: message.id, option });
  setView(card.conversation_id, (view) => ({ ...view, cards: withCard(view.cards, noted) }));
}

/** Throws an ApiError; nothing is lost then. */
export async function sendCard(id: string, kind: Card["kind"], draft: CardDraft): Promise<void> {
  const card = await api.post<Card>(`conversations/${id}/cards`, cardBody(kind, draft));
  setView(id, (view) => ({ ...view, cards: withCard(view.cards, card) }));
  keepCard(id, kind, null);
}

export async function withdrawCard(card: Card): Promise<void> {
  const now = await api.post<Card>(`conversations/${card.conversation_id}/cards/${card.id}/withdraw`);
  setView(card.conversation_id, (view) => ({ ...view, cards: withCard(view.cards, now) }));
}

/** What was read from the words, set right by hand; it is not read over again. */
export async function correct(id: string, patch: Partial<Pick<Matter, "need" | "question" | "type" | "mood">>): Promise<void> {
  const answer = await api.post<Matter>(`conversations/${id}/matter`, patch);
  setView(id, (view) => ({ ...view, matter: laterMatter(view.matter, answer) }));
}
