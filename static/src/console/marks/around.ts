/** What surrounds a draft, out of what the desk holds: nothing is fetched for it. */
import type { Message } from "../../wire/protocol";
import { commitment } from "../state/chips";
import { viewOf } from "../state/conversation";
import { startedFrom } from "../state/drafts";
import { templates } from "../state/guide";
import { rows } from "../state/lists";
import { me, site } from "../state/session";
import { personTypes } from "../state/team";
import { fill } from "../state/template";
import type { Context } from "./mark";

/** So many of the last messages are looked at. */
const LOOKED_AT = 60;
const NONE: readonly Message[] = [];

export function around(id: string): Context {
  const view = viewOf(id);
  const messages = view?.messages.slice(-LOOKED_AT) ?? NONE;
  const theirs = messages.filter((m) => m.author.kind === "person");
  const ours = messages.filter((m) => m.author.kind === "agent" && m.kind === "reply");
  const since = ours.at(-1)?.seq ?? 0;
  return {
    questions: questions(theirs.filter((m) => m.seq > since), view?.matter.question ?? ""),
    heard: theirs.map((m) => m.text).join("\n"),
    customer: view?.person.name ?? "",
    others: others(id),
    replies: ours.map((m) => m.text),
    template: templateWords(id, ours.map((m) => m.text)),
    typing: personTypes(id),
    ...(site.value?.jargon ? { jargon: site.value.jargon } : {}),
    promised: commitment.value === "armed" || (view?.promises.some((p) => p.whose === "ours" && p.state === "open") ?? false),
  };
}

/** What they asked since our last reply, and the question that is known to be open still. */
export function questions(messages: readonly Pick<Message, "text">[], open: string): string[] {
  const asked = messages.flatMap((m) => m.text.match(/[^.!?\n]+\?/g) ?? []).map((q) => q.trim());
  const known = open.endsWith("?") && !asked.some((q) => q.includes(open) || open.includes(q)) ? [open] : [];
  return [...known, ...asked];
}

/** The other customers whom this agent is answering. */
function others(id: string): string[] {
  const self = me.value?.agent.id;
  return [...rows.value.values()].filter((r) => r.id !== id && r.assignee?.id === self && r.state !== "closed" && r.person.name).map((r) => r.person.name);
}

/** The words of a template that the draft started from: of one that went out already, else of the last. */
function templateWords(id: string, replies: readonly string[]): string {
  const begun = (startedFrom.get(id) ?? []).flatMap((x) => templates.value.find((y) => y.id === x)?.body ?? []);
  const words = begun.map((body) => fill(body, viewOf(id)?.variables ?? {}));
  return words.find((w) => replies.some((r) => r.includes(w))) ?? words.at(-1) ?? "";
}
