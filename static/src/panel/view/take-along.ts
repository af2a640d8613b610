/** Everything about a visitor as one file: for people to read, and for programs. */
import { saveAs } from "../../files/save";
import type { ConversationEvent, Known, KnownPerson, Message, VisitorPage } from "../../wire";
import type { App } from "../app";
import { t } from "../words";
import { asVisitor } from "./as-visitor";
import { exact } from "./time";
import { zip } from "./zip";

/** What stands in a profile, each with where it is from. */
export function profileOf(p: KnownPerson): { label: string; value: string; from: string }[] {
  const source = (typed: boolean) => t(typed ? "known.told" : "known.signed");
  return [
    { label: t("known.name"), value: p.name, from: source(p.name_given) },
    { label: t("known.email"), value: p.email, from: source(p.email_given) },
    { label: t("known.zone"), value: p.zone, from: t("known.browser") },
    { label: t("known.language"), value: languageOf(p.locale), from: t("known.browser") },
    ...p.attributes.map((a) => ({ label: a.key, value: a.value, from: source(!a.verified) })),
    { label: t("known.since"), value: exact(p.first_seen_at), from: "" },
  ].filter((line) => line.value);
}

/** What a language is called in the page's own; a tag that is none stands as it is. */
function languageOf(tag: string): string {
  try {
    return tag && (new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(tag) ?? tag);
  } catch {
    return tag;
  }
}

interface Thread {
  id: string;
  messages: Message[];
  events: ConversationEvent[];
}

/** Fetches every thread and hands the archive to the browser. Rejects without a connection. */
export async function takeAlong(app: App, facts: Known): Promise<void> {
  const threads: Thread[] = [];
  for (const { id } of facts.conversations) threads.push(await threadOf(app, id));
  const name = app.config.name.replace(/[^\p{L}\p{N}]+/gu, "-");
  saveAs(zip([
    { name: "data.json", text: JSON.stringify({ ...facts, threads }, null, 2) },
    { name: "readable.html", text: readable(app.config.name, facts, threads) },
  ]), `${name}-${new Date().toISOString().slice(0, 10)}.zip`);
}

export async function threadOf(app: App, id: string): Promise<Thread> {
  const out: Thread = { id, messages: [], events: [] };
  for (let before = 0, more = true; more;) {
    const page = await asVisitor<VisitorPage>(app, `conversations/${id}/messages${before ? `?before=${before}` : ""}`);
    out.messages.unshift(...page.messages);
    out.events.unshift(...page.events);
    before = page.messages[0]?.seq ?? 0;
    more = page.more && before > 1;
  }
  return out;
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const safe = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]!);

/** A page that any browser shows, without us. */
export function readable(site: string, facts: Known, threads: readonly Thread[]): string {
  const { lang, dir } = document.documentElement;
  const profile = profileOf(facts.person).map(({ label, value, from }) => `<tr><th>${safe(label)}</th><td>${safe(value)}</td><td>${safe(from)}</td></tr>`);
  const talks = threads.map((thread) => `<h2>${safe(exact(facts.conversations.find((c) => c.id === thread.id)!.started_at))}</h2>${thread.messages.map(said).join("")}`);
  const promises = facts.promises.map((p) => `<li>${safe(p.text)} (${safe(exact(p.due_at))})</li>`);
  const pages = facts.pages.map((p) => `<li>${safe(p.title)} ${safe(p.url)} (${safe(exact(p.at))})</li>`);
  const agreed = facts.sensitive.map((n) => `<p>${safe(n.text)} (${safe(t("known.agreed", { date: exact(n.until) }))} ${safe(n.consent)})</p>`);
  return `<!doctype html><html lang="${safe(lang)}" dir="${safe(dir || "ltr")}"><meta charset="utf-8"><title>${safe(site)}</title>
<style>body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui}th{text-align:start;padding-inline-end:1rem}p{white-space:pre-wrap}</style>
<h1>${safe(t("menu.known"))}: ${safe(site)}</h1><table>${profile.join("")}</table>${agreed.join("")}${talks.join("")}
<h2>${safe(t("menu.promises"))}</h2><ul>${promises.join("")}</ul><h2>${safe(t("known.seen"))}</h2><ul>${pages.join("")}</ul></html>`;
}

export function said(m: Message): string {
  const files = (m.files ?? []).map((f) => ` [${f.name}]`).join("");
  return `<p><b>${safe(m.author.name)}</b> ${safe(exact(m.at))}<br>${safe(m.text + files)}</p>`;
}
