/** Who of the team is there, who writes where, who looks at what. */
import { computed, signal } from "@preact/signals";
import type { AgentCard, Author, TeamMember } from "../../wire/protocol";
import { me } from "./session";
import { serverNow } from "./clock";

export const team = signal<readonly TeamMember[]>([]);
export const colleagues = computed(() => team.value.filter((a) => a.id !== me.value?.agent.id));
/** Rises when somebody joined, left, was renamed or got another role: what was fetched about agents is old then. */
export const agentsTurn = signal(0);

export interface Typing {
  who: Author;
  kind: "reply" | "note";
  until: number;
}
const TYPING_MS = 10_000;

export const typing = signal<Readonly<Record<string, readonly Typing[]>>>({});
export const watching = signal<Readonly<Record<string, { agents: readonly AgentCard[]; person_online: boolean; answering: AgentCard | null }>>>({});

/** What was heard of who is there counts no longer: nobody tells of changes from now on. */
export function forgetWatching(id?: string): void {
  const { [id ?? ""]: _, ...rest } = watching.value;
  watching.value = id ? rest : {};
}

/** Somebody began or stopped to write. Gone by itself after ten seconds. */
export function hearTyping(id: string, who: Author, kind: "reply" | "note", on: boolean): void {
  const others = (typing.value[id] ?? []).filter((x) => x.who.id !== who.id);
  const next = on ? [...others, { who, kind, until: serverNow() + TYPING_MS }] : others;
  setTyping(id, next);
  if (on) setTimeout(() => sweep(id), TYPING_MS + 50);
}

function sweep(id: string): void {
  const now = serverNow();
  const left = (typing.value[id] ?? []).filter((x) => x.until > now);
  if (left.length !== (typing.value[id] ?? []).length) setTyping(id, left);
}

function setTyping(id: string, writers: readonly Typing[]): void {
  const { [id]: _, ...rest } = typing.value;
  typing.value = writers.length > 0 ? { ...rest, [id]: writers } : rest;
}

/** Is the customer writing in this conversation now? */
export function personTypes(id: string): boolean {
  return (typing.value[id] ?? []).some((x) => x.who.kind === "person");
}
/** The colleague who writes a reply there now, or has begun to within the half minute that the server keeps it for them. */
export function colleagueAnswers(id: string): Pick<Author, "id" | "name"> | null {
  const mine = me.value?.agent.id;
  const writes = (typing.value[id] ?? []).find((x) => x.who.kind === "agent" && x.who.id !== mine && x.kind === "reply")?.who;
  const begun = watching.value[id]?.answering;
  return writes ?? (begun && begun.id !== mine ? begun : null);
}
