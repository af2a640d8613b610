/** Promises: making, keeping, moving, handing on and giving up, and the ledger of a site. */
import { signal } from "@preact/signals";
import type { CalendarFile, CustomerPromise, LedgerRow } from "../../wire/protocol";
import { byDue, withPromise } from "../../wire";
import { saveAs } from "../../files/save";
import { api, type ApiError } from "../api";
import { setView } from "./conversation";
import { site } from "./session";

export type LedgerList = "mine" | "anyone" | "site" | "late" | "ended";

interface Page {
  promises: LedgerRow[];
  next: string;
  counts: { soon: number; late: number };
}
interface Ledger extends Page {
  list: LedgerList;
  status: "loading" | "ready" | "error";
  error: string;
}

const empty: Ledger = { list: "mine", status: "loading", error: "", promises: [], next: "", counts: { soon: 0, late: 0 } };
export const ledger = signal<Ledger>(empty);

/** Rises with each answer asked for, so that only the latest is shown. */
let asked = 0;

/** Reads a list from its beginning; what was shown stays until it comes. */
export async function fetchLedger(list: LedgerList): Promise<void> {
  const before = ledger.value;
  ledger.value = before.list === list ? { ...before, status: before.promises.length ? "ready" : "loading", error: "" } : { ...empty, list, counts: before.counts };
  const mine = ++asked;
  try {
    const page = await ask(list, "");
    if (mine === asked) ledger.value = { ...page, list, status: "ready", error: "" };
  } catch (err) {
    if (mine === asked) ledger.value = { ...ledger.value, status: "error", error: (err as ApiError).message };
  }
}

export async function fetchMore(): Promise<void> {
  const { list, next, promises } = ledger.value;
  const page = await ask(list, next);
  if (ledger.value.list === list && ledger.value.next === next) ledger.value = { ...ledger.value, ...page, promises: [...promises, ...page.promises] };
}

function ask(list: LedgerList, after: string): Promise<Page> {
  const query = new URLSearchParams({ site: site.value?.id ?? "", list, ...(after && { after }) });
  return api.get<Page>(`promises?${query}`);
}

/** Lays the server's word over the conversation and the ledger. */
export function heard(promise: CustomerPromise): void {
  setView(promise.conversation_id, (view) => ({ ...view, promises: withPromise(view.promises, promise) }));
  const rows = ledger.value.promises.map((row) => (row.id === promise.id ? { ...row, ...promise } : row));
  ledger.value = { ...ledger.value, promises: rows };
}

export interface NewPromise {
  /** Made where it is written and the same for each attempt, so that asking twice makes one promise. */
  client_id: string;
  text: string;
  due_at: number;
  zone?: string;
  words?: string;
  message_id?: string;
  /** By when they hear next, done or not. */
  next_at?: number;
  /** Who answers for it, "" for anyone; left out: who has the conversation and is there. */
  owner_id?: string;
}

/** Promises it, and returns the promise as it stands: what an earlier attempt made, if that has arrived after all. */
export async function makePromise(conversation: string, promise: NewPromise): Promise<CustomerPromise> {
  const made = await api.post<CustomerPromise>(`conversations/${conversation}/promises`, promise);
  heard(made);
  return made;
}

type Act = { keep: { client_id: string; text?: string }; move: { client_id: string; due_at: number; why: string }; drop: { why: string }; hand: { agent_id: string } };

/** Does something with an open promise; throws an ApiError, and nothing has changed then. */
export async function act<K extends keyof Act>(promise: CustomerPromise, deed: K, body: Act[K]): Promise<void> {
  heard(await api.post<CustomerPromise>(`promises/${promise.id}/${deed}`, body));
}

/** An appointment as a file for calendars, handed to the browser. */
export async function fetchCalendar(id: string): Promise<void> {
  const { name, text } = await api.get<CalendarFile>(`promises/${id}/calendar`);
  saveAs(new Blob([text], { type: "text/calendar" }), name);
}

/** What is still to be done, the next due first. */
export function openPromises(promises: readonly CustomerPromise[]): CustomerPromise[] {
  return promises.filter((p) => p.state === "open").sort(byDue);
}
