import { BookOpen, CalendarClock, Check, CircleCheck, CircleHelp, Clock, Handshake, MessageCircle, MessageSquareQuote, Undo2, X } from "lucide-preact";
import type { Card, CardState, ConversationEvent, ConversationView, CustomerPromise, Invited } from "../../../wire/protocol";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t, type Key } from "../../i18n";
import { withdrawCard } from "../../state/cards";
import { clockTime, exactTime, personName } from "../../words";
import { Markdown } from "../../../panel/view/markdown";
import { GrantLine } from "../authority/lazy";
import { DelayLine } from "../delay/line";
import { Due } from "./due";
import { bothWords, Theirs } from "./theirs";

/** A card where it was sent, what became of a promise, or what somebody had read before they wrote. */
export function AgreementLine({ event, view }: { event: ConversationEvent; view: ConversationView }) {
  if ("card" in event) {
    return (
      <Theirs.Provider value={view.person}>
        <CardLine card={view.cards.find((c) => c.id === event.card.id) ?? event.card} />
      </Theirs.Provider>
    );
  }
  if (event.type === "answers.read") return <ReadLine titles={event.read.map((a) => a.title)} at={event.at} />;
  if (event.type === "invitation.answered") return <InvitedLine invited={event.invited} at={event.at} />;
  if ("grant" in event) return <GrantLine event={event} />;
  if ("delay" in event) return <DelayLine event={event} />;
  if ("promise" in event) return <PromiseLine what={event.type as PromiseEvent} promise={event.promise} at={event.at} customer={view.person} />;
  if (event.type === "feedback.given" && isLatest(event, view.events)) return <FeedbackLine event={event} customer={personName(view.person)} />;
  return null;
}

/** They know this already, from the site and not from a person. */
function ReadLine({ titles, at }: { titles: readonly string[]; at: number }) {
  return (
    <p class="event-line promise-line" title={exactTime(at)}>
      <BookOpen size={14} aria-hidden="true" />
      <span>
        {t("read_before", { n: titles.length })} <bdi>{titles.join(" · ")}</bdi> · {clockTime(at)}
      </span>
    </p>
  );
}

/** Why they came: a rule of the site's invited them, with these words. */
function InvitedLine({ invited, at }: { invited: Invited; at: number }) {
  return (
    <p class="event-line promise-line" title={exactTime(invited.at)}>
      <MessageCircle size={14} aria-hidden="true" />
      <span>
        {t("invited_by_rule", { rule: invited.rule })} <bdi>“{invited.text}”</bdi> · {clockTime(at)}
      </span>
    </p>
  );
}

type PromiseEvent = Extract<ConversationEvent, { promise: CustomerPromise }>["type"];
type FeedbackEvent = Extract<ConversationEvent, { type: "feedback.given" }>;

/** What is said later about the same closing takes the place of what was said before. */
function isLatest(event: FeedbackEvent, events: readonly ConversationEvent[]): boolean {
  const next = events.find((e) => e.seq > event.seq && (e.type === "feedback.given" || e.type === "conversation.closed"));
  return next?.type !== "feedback.given";
}

function FeedbackLine({ event: { feedback, at }, customer }: { event: FeedbackEvent; customer: string }) {
  const solved = feedback.solved === "yes";
  const said = [
    feedback.solved && t(feedback.thanks ? "feedback_thanks" : solved ? "feedback_solved" : "feedback_not_yet", { name: customer }),
    feedback.rating > 0 && t(feedback.solved ? "feedback_rating" : "feedback_rated", { name: customer, n: feedback.rating }),
  ].filter(Boolean);
  return (
    <p class={`event-line promise-line ${solved ? "kept" : ""}`} title={exactTime(feedback.at)}>
      {solved ? <CircleCheck size={14} aria-hidden="true" /> : <MessageSquareQuote size={14} aria-hidden="true" />}
      <span>
        {said.join(" · ")}
        {feedback.comment && (
          <>
            {said.length > 0 && " · "}
            <bdi>“{feedback.comment}”</bdi>
          </>
        )}{" "}
        · {clockTime(at)}
      </span>
    </p>
  );
}

function PromiseLine({ what, promise, at, customer }: { what: PromiseEvent; promise: CustomerPromise; at: number; customer: ConversationView["person"] }) {
  const became = what.slice("promise.".length) as "made" | "moved" | "kept" | "broken" | "dropped" | "handed" | "delayed";
  const kept = became === "kept";
  const theirs = promise.whose === "theirs" && became === "made";
  const values = { text: promise.text, time: bothWords(promise.due_at, customer), name: promise.owner?.name ?? t("to_anyone") };
  const away = became === "handed" && promise.away;
  const meets = promise.kind === "appointment" && (became === "made" || became === "kept");
  const text = meets ? t(`appointment_${became}`, values) : theirs ? t("promise_made_theirs", values) : away ? t("promise_handed_away", { ...values, away: away.name }) : t(`promise_${became}`, values);
  return (
    <p class={`event-line promise-line ${kept ? "kept" : ""}`} title={exactTime(promise.due_at)}>
      {kept ? <CircleCheck size={14} aria-hidden="true" /> : <CalendarClock size={14} aria-hidden="true" />}
      <span>
        <bdi>{text}</bdi>
        {became !== "made" && became !== "handed" && became !== "delayed" && promise.why && (
          <>
            {" "}
            · <bdi>{promise.why}</bdi>
          </>
        )}{" "}
        · {clockTime(at)}
      </span>
    </p>
  );
}

const STATES: Record<CardState, typeof Check> = {
  sent: Clock, confirmed: Check, corrected: Undo2, accepted: Check, asked: CircleHelp, declined: X, replaced: Undo2, withdrawn: Undo2,
};

function CardLine({ card }: { card: Card }) {
  const Icon = STATES[card.state];
  const over = card.state === "replaced" || card.state === "withdrawn";
  const id = `card-${card.id}`;
  return (
    <div class="message ours first last">
      <article class={`agreement-card state-${card.state} ${over ? "over" : ""}`} aria-labelledby={id}>
        <h3 id={id}>
          {card.kind === "summary" ? <MessageSquareQuote size={15} aria-hidden="true" /> : <Handshake size={15} aria-hidden="true" />}
          {t(card.kind === "summary" ? "card_summary" : "card_proposal", { name: card.by.name })}
          <time class="quiet" title={exactTime(card.sent_at)}>
            {clockTime(card.sent_at)}
          </time>
        </h3>
        <div class="card-words" dir="auto">
          <Markdown text={card.text} />
        </div>
        <Options card={card} />
        <Terms card={card} />
        <footer>
          <Icon size={14} aria-hidden="true" />
          <span>
            {t(`card_${card.state}` as Key)}
            {card.answer?.message_id && ` ${t("card_in_words")}`}
            {card.answer && <time title={exactTime(card.answer.at)}> · {clockTime(card.answer.at)}</time>}
          </span>
          {card.state === "sent" && (
            <button type="button" class="link" onClick={() => void takeBack(card)}>
              {t("take_card_back")}
            </button>
          )}
        </footer>
      </article>
    </div>
  );
}

export async function takeBack(card: Card): Promise<void> {
  if (!(await ask({ title: t("take_card_back_title"), body: t("take_card_back_body"), yes: t("take_card_back") }))) return;
  await withdrawCard(card).catch(explain);
}

function Options({ card }: { card: Card }) {
  if (card.options.length === 0) return null;
  return (
    <ul class="card-options">
      {card.options.map((o) => (
        <li key={o.key} class={card.answer?.option === o.key ? "on" : ""}>
          {card.answer?.option === o.key && <Check size={14} aria-label={t("chosen")} />}
          <strong>
            <bdi>{o.title}</bdi>
          </strong>{" "}
          <bdi>{o.detail}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Terms({ card }: { card: Card }) {
  const term = (label: string, text: string, at = 0) =>
    text && (
      <div>
        <dt>{label}</dt>
        <dd>
          <bdi>{text}</bdi> {at > 0 && <Due at={at} />}
        </dd>
      </div>
    );
  if (!card.limits && !card.our_part && !card.your_part) return null;
  return (
    <dl class="card-terms">
      {term(t("limits"), card.limits)}
      {term(t("our_part"), card.our_part, card.our_due)}
      {term(t("their_part_label"), card.your_part, card.your_due)}
    </dl>
  );
}
