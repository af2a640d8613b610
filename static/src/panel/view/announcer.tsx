import { useEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app";
import { wordsOf, type Card } from "../../wire";
import type { Entry } from "../engine/model";
import { t } from "../words";
import { cardTitle } from "./card-title";
import { promiseLine } from "./promise";

/** Messages that come together are read together, after this pause in ms. */
const BATCH = 500;
/** The region is emptied after this long, so that nobody walks into old words. */
const CLEAR = 8_000;
const TYPING_EVERY = 10_000;

/** What is said of something that has just come, if anything. */
function spoken(app: App, e: Entry, cards: readonly Card[]): string[] {
  if (e.kind === "promise") return [promiseLine(e)];
  const card = e.kind === "card" && cards.find((c) => c.id === e.id);
  if (card) return [t("announce.message", { name: card.by.name, text: `${cardTitle(card)} ${card.text}` })];
  if (e.kind !== "said" || e.message.author.kind === "person") return [];
  return [t("announce.message", { name: e.message.author.name || app.config.name, text: wordsOf(e.message) })];
}

/**
 * Says what a screen reader's user would otherwise miss: incoming messages once, never history;
 * that somebody writes, at most every ten seconds; and a message that could not be sent.
 */
export function Announcer({ app }: { app: App }) {
  const [said, say] = useState("");
  const [typing, sayTyping] = useState("");
  const seen = useRef<{ id: string; seq: number } | null>(null);
  const queue = useRef<string[]>([]);
  const typedAt = useRef(0);
  const failedBefore = useRef(0);
  const model = app.model.value;
  const thread = app.shown();
  const failed = model.pending.filter((m) => m.failed).length;

  useEffect(() => {
    const known = seen.current;
    seen.current = thread?.loaded ? { id: thread.id, seq: thread.seq } : null;
    if (!thread?.loaded || known?.id !== thread.id) return;
    for (const e of thread.entries) {
      if (e.seq > known.seq) queue.current.push(...spoken(app, e, thread.cards));
    }
    if (!queue.current.length) return;
    const timer = setTimeout(() => say(queue.current.splice(0).join("\n")), BATCH);
    return () => clearTimeout(timer);
  }, [thread?.id, thread?.seq, thread?.loaded]);

  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(""), CLEAR);
    return () => clearTimeout(timer);
  }, [said]);

  useEffect(() => {
    if (failed > failedBefore.current) say(t("announce.failed"));
    failedBefore.current = failed;
  }, [failed]);

  const writer = model.typing.find((w) => w.conversation_id === thread?.id)?.agent.name ?? "";
  useEffect(() => {
    if (!writer) return sayTyping("");
    if (Date.now() - typedAt.current < TYPING_EVERY) return;
    typedAt.current = Date.now();
    sayTyping(t("typing.one", { agent: writer }));
  }, [writer]);

  return (
    <div class="spoken">
      <div aria-live="polite" aria-atomic="true" data-announce="messages">{said}</div>
      <div role="status" data-announce="typing">{typing}</div>
    </div>
  );
}
