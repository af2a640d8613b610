/** Who is signed in, and on which site they work. */
import { computed, signal } from "@preact/signals";
import { api, type ApiError, useCsrf, whenSignedOut } from "../api";
import type { Me, Permission, Site } from "../../wire/protocol";
import { keep, recall } from "./storage";

export type Phase = "loading" | "signed_out" | "setup" | "ready" | "unreachable";

export const phase = signal<Phase>("loading");
export const me = signal<Me | null>(null);
/** True when the session ended by itself while somebody worked. */
export const ended = signal(false);

const chosenSite = signal(recall<string>("site", ""));
export const site = computed<Site | null>(() => {
  const sites = me.value?.sites ?? [];
  return sites.find((s) => s.id === chosenSite.value) ?? sites[0] ?? null;
});
/** Does one's role allow this? */
export const may = (what: Permission): boolean => me.value?.may.includes(what) ?? false;
/** Whoever changes sites. */
export const manages = computed(() => may("site.change"));
/** Nobody else may sign in: there is nobody to hand over to, to ask or to compare with. */
export const solo = computed(() => me.value?.solo ?? false);

export function chooseSite(id: string): void {
  chosenSite.value = id;
  keep("site", id);
}

/** Takes on an answer of set-up, sign-in or /me. */
export function enter(answer: Me): void {
  useCsrf(answer.csrf);
  me.value = answer;
  ended.value = false;
  phase.value = "ready";
}

export async function loadMe(): Promise<void> {
  try {
    enter(await api.ask<Me>("me"));
  } catch (err) {
    const failure = err as ApiError;
    if (failure.code === "setup_needed") phase.value = "setup";
    else if (failure.status === 401) phase.value = "signed_out";
    else phase.value = "unreachable";
  }
}

export async function signIn(email: string, password: string, code: string): Promise<void> {
  enter(await api.enter<Me>("login", { email, password, ...(code ? { code } : {}) }));
}

export async function signOut(): Promise<void> {
  await api.post("logout").catch(() => {});
  leave(false);
}

/** The session is over: the page falls back to signing in; drafts and outbox stay in the browser. */
export function leave(byItself: boolean): void {
  me.value = null;
  useCsrf("");
  ended.value = byItself;
  phase.value = "signed_out";
}
whenSignedOut(() => {
  if (phase.value === "ready") leave(true);
});

/** Reads the sites again after somebody changed one. */
export async function refreshSites(): Promise<void> {
  const { sites } = await api.get<{ sites: Site[] }>("sites");
  if (me.value) me.value = { ...me.value, sites };
}

/** Reads again who one is: another tab or an administrator may have changed it. */
export async function refreshMe(): Promise<void> {
  const answer = await api.get<Me>("me");
  if (me.value?.agent.id === answer.agent.id) enter(answer);
}

export function replaceSite(changed: Site): void {
  if (!me.value) return;
  me.value = { ...me.value, sites: me.value.sites.map((s) => (s.id === changed.id ? changed : s)) };
}
