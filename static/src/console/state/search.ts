/** What is searched for and what was found: kept while one looks at a result and comes back. */
import { signal } from "@preact/signals";
import { api, type ApiError } from "../api";
import { atLeaving } from "./leaving";
import type { SearchPage } from "../../wire/protocol";

export interface Search {
  query: string;
  status: "idle" | "loading" | "ready" | "error";
  /** Why nothing came; asked: it is what was typed that is not understood. */
  error: string;
  asked: boolean;
  page: SearchPage | null;
  /** The next page is on its way. */
  more: boolean;
}

const blank: Search = { query: "", status: "idle", error: "", asked: false, page: null, more: false };
export const searched = signal<Search>(blank);

/** Rises with each question, so that only the answer to the latest is shown. */
let turn = 0;

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

const path = (query: string, after = "") => "search?" + new URLSearchParams({ q: query, zone: zone(), ...(after && { after }) });

/** Searches; what was found before stays in sight until the answer comes. */
export async function search(query: string): Promise<void> {
  const mine = ++turn;
  if (!query.trim()) {
    searched.value = blank;
    return;
  }
  searched.value = { ...searched.value, query, status: "loading", error: "", asked: false, more: false };
  try {
    const page = await api.get<SearchPage>(path(query));
    if (mine === turn) searched.value = { query, status: "ready", error: "", asked: false, page, more: false };
  } catch (err) {
    const failure = err as ApiError;
    if (mine === turn) searched.value = { ...searched.value, status: "error", error: failure.message, asked: failure.field === "q" };
  }
}

/** Adds the next page behind what is shown. */
export async function searchMore(): Promise<void> {
  const { query, page, more } = searched.value;
  if (!page?.next || more) return;
  const mine = turn;
  searched.value = { ...searched.value, more: true };
  try {
    const next = await api.get<SearchPage>(path(query, page.next));
    if (mine === turn) searched.value = { ...searched.value, more: false, page: { ...next, people: page.people, hits: [...page.hits, ...next.hits] } };
  } catch (err) {
    if (mine === turn) searched.value = { ...searched.value, more: false, status: "error", error: (err as ApiError).message };
  }
}

atLeaving(() => {
  turn++;
  searched.value = blank;
});
