/** A conversation as a page of its own, which any browser shows without us. */
import { saveAs } from "../../files/save";
import type { Card, ConversationEvent, CustomerPromise } from "../../wire";
import type { App } from "../app";
import { t, type Key } from "../words";
import { cardTitle } from "./card-title";
import { safe, said, threadOf } from "./take-along";
import { exact } from "./time";

/** Fetches the whole thread and hands it to the browser. Rejects without a connection. */
export async function saveThread(app: App, id: string): Promise<void> {
  const { messages, events } = await threadOf(app, id);
  const cards = events.flatMap((e) => (e.type === "card.sent" ? [{ seq: e.seq, html: cardOf(latestCard(events, e.card)) }] : []));
  const lines = [...messages.map((m) => ({ seq: m.seq, html: said(m) })), ...cards].sort((a, b) => a.seq - b.seq);
  const { lang, dir } = document.documentElement;
  const title = t("copy.title", { site: app.config.name });
  const page = `<!doctype html><html lang="${safe(lang)}" dir="${safe(dir || "ltr")}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${safe(title)}</title>
<style>body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui}p,blockquote{white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin-inline:1rem}</style>
<h1>${safe(title)}</h1><p>${safe(t("promises.zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone }))}</p>${lines.map((l) => l.html).join("")}${promisesOf(events)}</html>`;
  const name = app.config.name.replace(/[^\p{L}\p{N}]+/gu, "-");
  saveAs(new Blob([page], { type: "text/html;charset=utf-8" }), `${name}-${new Date().toISOString().slice(0, 10)}.html`);
}

/** A card as the last event about it tells it. */
const latestCard = (events: readonly ConversationEvent[], card: Card) => events.reduce((last, e) => ("card" in e && e.card.id === card.id ? e.card : last), card);

function cardOf(c: Card): string {
  const lines = [c.text, ...c.options.map((o) => `• ${o.title} ${o.detail}`.trim())];
  if (c.state !== "sent") lines.push(t(`card.${c.state}` as Key, { agent: c.by.name }));
  if (c.answer?.text) lines.push(c.answer.text);
  return `<p><b>${safe(cardTitle(c))}</b> ${safe(exact(c.sent_at))}</p><blockquote>${safe(lines.join("\n"))}</blockquote>`;
}

/** How promises stand, each once. */
function promisesOf(events: readonly ConversationEvent[]): string {
  const found = new Map<string, CustomerPromise>();
  for (const e of events) if ("promise" in e) found.set(e.promise.id, e.promise);
  if (found.size === 0) return "";
  const items = [...found.values()].map((p) => `<li>${safe(p.text)} (${safe(t(`promises.${p.state}` as Key))}, ${safe(exact(p.due_at))})</li>`);
  return `<h2>${safe(t("menu.promises"))}</h2><ul>${items.join("")}</ul>`;
}
