/** Complaints: the track beside a conversation, and a site's list of them. */
import { signal } from "@preact/signals";
import type { Complaint, ComplaintRow, PromptState, RootCause, Stage } from "../../wire/protocol";
import { api, type ApiError } from "../api";
import { setView } from "./conversation";
import { site } from "./session";

/** What every site can choose from as the cause. */
export const ROOT_CAUSES: readonly RootCause[] = ["product", "delivery", "information", "price", "service", "waiting", "promise", "website", "rules", "misunderstanding", "other"];

const path = (conversation: string) => `conversations/${conversation}/complaint`;

/** Lays the server's word over the conversation; one that was dropped is none. */
function heard(complaint: Complaint): Complaint {
  setView(complaint.conversation_id, (view) => ({ ...view, complaint: standing(complaint) }));
  return complaint;
}
export function standing(complaint: Complaint): Complaint | null {
  return complaint.state === "dropped" ? null : complaint;
}

export async function openTrack(conversation: string): Promise<Complaint> {
  return heard(await api.post<Complaint>(path(conversation)));
}
export async function dropTrack(conversation: string): Promise<Complaint> {
  return heard(await api.post<Complaint>(`${path(conversation)}/drop`));
}
export async function setStage(conversation: string, stage: Stage, state: PromptState): Promise<Complaint> {
  return heard(await api.post<Complaint>(`${path(conversation)}/stages/${stage}`, { state }));
}

export type Recorded = Partial<Pick<Complaint, "expectation" | "solution" | "confirmation" | "root_cause" | "cause_words" | "cause_skipped" | "follow_up_at">>;

export async function record(conversation: string, what: Recorded): Promise<Complaint> {
  return heard(await api.patch<Complaint>(path(conversation), what));
}

export type ComplaintList = "open" | "ended" | "dropped";

interface Listed {
  /** Whose list it is: the id of the site. */
  site: string;
  list: ComplaintList;
  status: "loading" | "ready" | "error";
  error: string;
  complaints: ComplaintRow[];
  next: string;
  /** How much of it is shown; more than 1 once more was asked for. */
  pages: number;
}

const empty: Listed = { site: "", list: "open", status: "loading", error: "", complaints: [], next: "", pages: 0 };
export const listed = signal<Listed>(empty);

/** Rises with each answer asked for, so that only the latest is shown. */
let asked = 0;

const here = () => site.value?.id ?? "";

/** Is this list, of the site in view, what is held now? */
export function shows(list: ComplaintList): boolean {
  return listed.value.list === list && listed.value.site === here();
}

/** Reads a list from its beginning; what was shown of it stays until it comes. */
export async function fetchComplaints(list: ComplaintList): Promise<void> {
  const at = here();
  const before = listed.value;
  listed.value = shows(list) && before.complaints.length ? { ...before, error: "" } : { ...empty, site: at, list };
  const mine = ++asked;
  try {
    const page = await ask(at, list, "");
    if (mine === asked) listed.value = { ...page, site: at, list, pages: 1, status: "ready", error: "" };
  } catch (err) {
    if (mine === asked) listed.value = { ...listed.value, status: "error", error: (err as ApiError).message };
  }
}

export async function fetchMoreComplaints(): Promise<void> {
  const { site: at, list, next } = listed.value;
  const page = await ask(at, list, next);
  const held = listed.value;
  if (held.site !== at || held.list !== list || held.next !== next) return;
  asked++; // an answer that is still on its way has the beginning alone
  listed.value = { ...held, ...page, complaints: [...held.complaints, ...page.complaints], pages: held.pages + 1 };
}

/** Reads a list again, unless more than its beginning is shown: that would vanish. */
export async function refreshComplaints(list: ComplaintList): Promise<void> {
  if (!shows(list) || listed.value.pages <= 1) await fetchComplaints(list);
}

function ask(at: string, list: ComplaintList, after: string): Promise<Pick<Listed, "complaints" | "next">> {
  const query = new URLSearchParams({ site: at, list, ...(after && { after }) });
  return api.get(`complaints?${query}`);
}
