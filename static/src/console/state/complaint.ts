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
  list: ComplaintList;
  status: "loading" | "ready" | "error";
  error: string;
  complaints: ComplaintRow[];
  next: string;
}

const empty: Listed = { list: "open", status: "loading", error: "", complaints: [], next: "" };
export const listed = signal<Listed>(empty);

/** Rises with each answer asked for, so that only the latest is shown. */
let asked = 0;

/** Reads a list from its beginning; what was shown of it stays until it comes. */
export async function fetchComplaints(list: ComplaintList): Promise<void> {
  const before = listed.value;
  listed.value = before.list === list && before.complaints.length ? { ...before, error: "" } : { ...empty, list };
  const mine = ++asked;
  try {
    const page = await ask(list, "");
    if (mine === asked) listed.value = { ...page, list, status: "ready", error: "" };
  } catch (err) {
    if (mine === asked) listed.value = { ...listed.value, status: "error", error: (err as ApiError).message };
  }
}

export async function fetchMoreComplaints(): Promise<void> {
  const { list, next, complaints } = listed.value;
  const page = await ask(list, next);
  if (listed.value.list === list && listed.value.next === next) listed.value = { ...listed.value, ...page, complaints: [...complaints, ...page.complaints] };
}

function ask(list: ComplaintList, after: string): Promise<Pick<Listed, "complaints" | "next">> {
  const query = new URLSearchParams({ site: site.value?.id ?? "", list, ...(after && { after }) });
  return api.get(`complaints?${query}`);
}
