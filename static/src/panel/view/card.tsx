/** Cards, fetched with the first that comes. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import type { Card, CardChoice } from "../../wire";
import type { App } from "../app";
import css from "../styles/card.css?sheet";
import { t } from "../words";
import { Avatar } from "./avatar";
import { Answered, AnswerWaits } from "./card-state";
import { cardTitle } from "./card-title";
import { Markdown } from "./markdown";
import type { CardRow } from "./rows";
import { clock, due, exact } from "./time";

wear(css);

/** What a choice asks to be written with it, and whether it must be. */
const WORDS = {
  correct: { label: "card.missing", needed: true },
  ask: { label: "card.question", needed: true },
  decline: { label: "card.reason", needed: false },
} as const;
type Worded = keyof typeof WORDS;

/** What was understood, or what is offered: one tap answers it. */
export function CardItem({ app, row: { card, pending } }: { app: App; row: CardRow }) {
  const id = `card-${card.id}`;
  const waits = card.state === "sent" && !pending;
  const [option, choose] = useState(card.answer?.option ?? "");
  const chosen = card.answer?.option || pending?.answer?.option || option;
  return (
    <>
      <p class="by">
        <bdi>{card.by.name}</bdi>
        <time dateTime={new Date(card.sent_at).toISOString()} title={exact(card.sent_at)}>{clock(card.sent_at)}</time>
      </p>
      <Avatar agent={card.by} />
      <div class={`card ${waits ? "" : "settled"}`} role="group" aria-labelledby={id}>
        <strong id={id}>{cardTitle(card)}</strong>
        <div class="words"><Markdown text={card.text} /></div>
        {card.options.length > 0 && <Options card={card} chosen={chosen} choose={waits ? choose : null} />}
        <Terms card={card} />
        {waits && <Choices app={app} card={card} option={option} />}
        {pending && <AnswerWaits app={app} pending={pending} />}
        {!waits && !pending && <Answered card={card} />}
      </div>
    </>
  );
}

/** The options side by side; choose: null once they are no longer open. */
function Options({ card, chosen, choose }: { card: Card; chosen: string; choose: ((key: string) => void) | null }) {
  return (
    <fieldset class="options" disabled={!choose}>
      <legend class="hidden">{t("card.options")}</legend>
      {card.options.map(({ key, title, detail }) => (
        <label key={key} class={key === chosen ? "on" : ""}>
          <input type="radio" name={`option-${card.id}`} checked={key === chosen} onChange={() => choose?.(key)} />
          <b dir="auto">{title}</b>
          {detail && <span dir="auto">{detail}</span>}
        </label>
      ))}
    </fieldset>
  );
}

/** Limits, and what each side does by when. */
function Terms({ card }: { card: Card }) {
  const term = (name: string, text: string, at = 0) => text && (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{text}{at > 0 && <> <span class="by-when" title={exact(at)}>{t("promise.by", { time: due(at) })}</span></>}</dd>
    </div>
  );
  if (!card.limits && !card.our_part && !card.your_part) return null;
  return (
    <dl>
      {term(t("card.limits"), card.limits)}
      {term(t("card.ours"), card.our_part, card.our_due)}
      {term(t("card.yours"), card.your_part, card.your_due)}
    </dl>
  );
}

/** The ways to answer; those that want words open a small form in their place. */
function Choices({ app, card, option }: { app: App; card: Card; option: string }) {
  const [writing, write] = useState<Worded | null>(null);
  const [missing, miss] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const answer = (choice: CardChoice, text = "") => {
    if (choice === "accept" && card.options.length && !option) {
      miss(true);
      return box.current?.closest(".card")?.querySelector("input")?.focus();
    }
    app.answer(card, choice, text, choice === "accept" ? option : "");
  };
  if (writing) return <Words choice={writing} send={(text) => answer(writing, text)} back={() => write(null)} />;
  const button = (label: string, act: () => void, main = false) => <button type="button" class={main ? "main" : ""} onClick={act}>{label}</button>;
  return (
    <div class="choices" ref={box}>
      {missing && !option && <p class="missing" role="alert">{t("card.choose")}</p>}
      {card.kind === "summary" ? (
        <>
          {button(t("card.yes"), () => answer("confirm"), true)}
          {button(t("card.not_quite"), () => write("correct"))}
        </>
      ) : (
        <>
          {button(t("card.accept"), () => answer("accept"), true)}
          {button(t("card.ask"), () => write("ask"))}
          {button(t("card.decline"), () => write("decline"))}
        </>
      )}
    </div>
  );
}

/** Longest text that goes with an answer, in characters. */
const LONGEST = 2_000;

function Words({ choice, send, back }: { choice: Worded; send: (text: string) => void; back: () => void }) {
  const [text, set] = useState("");
  const { label, needed } = WORDS[choice];
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    form.current!.querySelector("textarea")!.focus();
    form.current!.scrollIntoView({ block: "nearest" });
  }, []);
  const ready = !needed || text.trim() !== "";
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.isComposing || e.keyCode === 229) return;
    if (e.key === "Escape") back();
    else if (e.key === "Enter" && !e.shiftKey && ready) {
      e.preventDefault();
      send(text);
    } else return;
    e.stopPropagation();
  };
  return (
    <form
      class="choices"
      ref={form}
      onSubmit={(e) => {
        e.preventDefault();
        if (ready) send(text);
      }}
    >
      <label class="words-label">
        {t(label)}
        <textarea rows={2} dir="auto" maxLength={LONGEST} value={text} onInput={(e) => set(e.currentTarget.value)} onKeyDown={onKeyDown} />
      </label>
      <button type="submit" class="main" disabled={!ready}>{t("composer.send")}</button>
      <button type="button" onClick={back}>{t("card.back")}</button>
    </form>
  );
}
