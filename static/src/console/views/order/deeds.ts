/** What is done to several conversations: one after the other, with a real way back for each. */
import { signal } from "@preact/signals";
import type { AgentCard, Row, TagCard } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t, type Key } from "../../i18n";
import { deskPath, go, openConversation } from "../../nav";
import { currentId, hearRows, rowOf, viewOf } from "../../state/conversation";
import { cursor, list, live, patchRow, putRow } from "../../state/lists";
import { putBack, unselect } from "../../state/order";
import { nextAfter } from "../../state/rows";
import { me } from "../../state/session";
import { settings } from "../../state/settings";
import { done, failed } from "../../state/toasts";
import { personName } from "../../words";

/** Takes back what was done to one conversation. */
type Back = () => Promise<unknown>;
/** Does something to one; null where it was so already. */
export type Deed = (row: Row) => Promise<Back | null>;

/** How far the work on several has come, null while there is none. */
export const progress = signal<{ done: number; of: number } | null>(null);
/** How many calls are under way at once. */
const ABREAST = 4;
const run = { stopped: false };

/** Leaves alone what has not been begun. */
export function stop(): void {
  run.stopped = true;
}

async function call(work: Promise<Row>): Promise<void> {
  const row = await work;
  putRow(row);
  hearRows([row]);
}

/** Shows a change at once, and takes it back where it fails. */
async function shownAtOnce(row: Row, patch: Partial<Row>, work: () => Promise<Row>): Promise<void> {
  const back = patchRow(row.id, patch);
  try {
    await call(work());
  } catch (err) {
    back();
    throw err;
  }
}

interface Failed {
  row: Row;
  why: ApiError;
}

/** Runs a deed on each; what fails does not keep the others. */
async function runAll(ids: readonly string[], deed: Deed): Promise<{ backs: Back[]; failures: Failed[]; did: string[] }> {
  const rows = ids.map(rowOf).filter((r): r is Row => !!r);
  const backs: Back[] = [];
  const failures: Failed[] = [];
  const did: string[] = [];
  let next = 0;
  run.stopped = false;
  progress.value = { done: 0, of: rows.length };
  const worker = async () => {
    for (let row = rows[next++]; row && !run.stopped; row = rows[next++]) {
      try {
        const back = await deed(row);
        if (back) backs.push(back);
        did.push(row.id);
      } catch (err) {
        failures.push({ row, why: err as ApiError });
      }
      progress.value = { done: did.length + failures.length, of: rows.length };
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, worker));
  progress.value = null;
  return { backs, failures, did };
}

/** "Maria: …" of the first few, and how many more. */
function reasons(failures: readonly Failed[]): string {
  const first = failures.slice(0, 3).map((f) => t("bulk_failure", { name: personName(f.row.person), why: f.why.message }));
  return failures.length > 3 ? [...first, t("bulk_more_failures", { n: failures.length - 3 })].join(" ") : first.join(" ");
}

/**
 * Runs a deed on what is meant and says what came of it, with a way back. said: what is told of one,
 * and of several, with {n}. Resolves to those that failed.
 */
export async function onEach(ids: readonly string[], deed: Deed, said: { one: Key; many: Key }, vars: Record<string, string> = {}): Promise<Failed[]> {
  const { backs, failures, did } = await runAll(ids, deed);
  const name = did.length === 1 ? personName(rowOf(did[0]!)?.person ?? { id: "", name: "" }) : "";
  // What failed stays selected, so that it can be tried again.
  if (failures.length === 0) unselect();
  if (failures.length > 0) failed(t("bulk_failed", { n: failures.length }), reasons(failures));
  if (backs.length > 0) done(did.length === 1 ? t(said.one, { name, ...vars }) : t(said.many, { n: did.length, ...vars }), () => void takeBack(backs));
  return failures;
}

async function takeBack(backs: readonly Back[]): Promise<void> {
  const results = await Promise.allSettled(backs.map((back) => back()));
  const wrong = results.find((r) => r.status === "rejected");
  if (wrong) failed(t("not_undone"), ((wrong as PromiseRejectedResult).reason as ApiError).message);
}

/** Goes on as after a closing, where the conversation on screen is one that went away. */
export function moveOn(ids: readonly string[]): void {
  if (!ids.includes(currentId.value)) return;
  const next = nextAfter(live.value.filter((r) => !ids.includes(r.id)), currentId.value);
  if (settings.value.afterClose === "next" && next) openConversation(next);
  else go(deskPath(list.value));
}

export const snoozeUntil =
  (until: number): Deed =>
  async (row) => {
    const before = row.snoozed_until ?? 0;
    await shownAtOnce(row, { state: "snoozed", snoozed_until: until, put_back: false, rank: until }, () => api.put<Row>(`conversations/${row.id}/snooze`, { until }));
    return () => call(before ? api.put<Row>(`conversations/${row.id}/snooze`, { until: before }) : api.remove<Row>(`conversations/${row.id}/snooze`));
  };

export const wakeUp: Deed = async (row) => {
  const before = row.snoozed_until;
  if (!before) return null;
  await call(api.remove<Row>(`conversations/${row.id}/snooze`));
  return () => call(api.put<Row>(`conversations/${row.id}/snooze`, { until: before }));
};

/** tag: one that is known, or a name that becomes one. */
export const withTag =
  (tag: TagCard): Deed =>
  async (row) => {
    if (tag.id && row.tags?.some((x) => x.id === tag.id)) return null;
    const shownTags = [...(row.tags ?? []), tag];
    let after: Row | undefined;
    await shownAtOnce(row, { tags: shownTags }, async () => (after = await api.post<Row>(`conversations/${row.id}/tags`, tag.id ? { id: tag.id } : { name: tag.name })));
    const put = after?.tags?.find((x) => !row.tags?.some((had) => had.id === x.id));
    return put ? () => call(api.remove<Row>(`conversations/${row.id}/tags/${put.id}`)) : null;
  };

export const withoutTag =
  (tag: TagCard): Deed =>
  async (row) => {
    if (!row.tags?.some((x) => x.id === tag.id)) return null;
    await shownAtOnce(row, { tags: row.tags.filter((x) => x.id !== tag.id) }, () => api.remove<Row>(`conversations/${row.id}/tags/${tag.id}`));
    return () => call(api.post<Row>(`conversations/${row.id}/tags`, { id: tag.id }));
  };

const mine = () => me.value?.agent.id ?? "";

/** Brings who has a conversation back to who had it. */
async function backTo(row: Row, had: AgentCard | null): Promise<void> {
  const now = rowOf(row.id)?.assignee;
  if (now?.id === had?.id) return;
  if (now && now.id !== mine()) await call(api.post<Row>(`conversations/${row.id}/take`, { from: now.id }));
  if (!had) await call(api.post<Row>(`conversations/${row.id}/release`, {}));
  else if (had.id === mine()) await call(api.post<Row>(`conversations/${row.id}/take`, {}));
  else await call(api.post<Row>(`conversations/${row.id}/give`, { agent_id: had.id, from: rowOf(row.id)?.assignee?.id ?? "" }));
}

export const giveTo =
  (agent: AgentCard): Deed =>
  async (row) => {
    const had = row.assignee;
    if (had?.id === agent.id) return null;
    const to: AgentCard = { id: agent.id, name: agent.name, picture: agent.picture };
    const work = () =>
      agent.id === mine() ? api.post<Row>(`conversations/${row.id}/take`, { from: had?.id ?? "" }) : api.post<Row>(`conversations/${row.id}/give`, { agent_id: agent.id, from: had?.id ?? "" });
    await shownAtOnce(row, { assignee: to, state: row.state === "waiting" ? "open" : row.state }, work);
    return () => backTo(row, had);
  };

/** why: what becomes of what is still promised, in words for the customer; "" leaves those open. */
export const closeBecause =
  (why: string): Deed =>
  async (row) => {
    if (row.state === "closed") return null;
    await shownAtOnce(row, { state: "closed", waiting_since: 0, unread: 0 }, () => api.post<Row>(`conversations/${row.id}/close`, why ? { why } : {}));
    return async () => {
      await call(api.post<Row>(`conversations/${row.id}/reopen`, {}));
      await backTo(row, row.assignee);
      if (row.snoozed_until) await call(api.put<Row>(`conversations/${row.id}/snooze`, { until: row.snoozed_until }));
      // Closing has read what nobody had read.
      if (row.unread > 0 || row.put_back) await putBack(row.id, true);
    };
  };

export const unread: Deed = async (row) => {
  if (row.put_back) return null;
  await putBack(row.id, true);
  return () => putBack(row.id, false);
};

/** Puts back what is meant. What is on screen is left first: looking at it would take it out again. */
export async function makeUnread(ids: readonly string[]): Promise<void> {
  if (ids.includes(currentId.value)) {
    const id = currentId.value;
    go(deskPath(list.value));
    cursor.value = id;
    // Once the thread is left, so that its last look does not undo this.
    await new Promise((r) => setTimeout(r));
  }
  await onEach(ids, unread, { one: "unread_one", many: "unread_many" });
}

/** Our promise that falls due first before a time, "" for none. */
export function promisedBefore(id: string, until: number): { text: string; due_at: number } | undefined {
  return viewOf(id)
    ?.promises.filter((p) => p.state === "open" && p.whose === "ours" && p.due_at > 0 && p.due_at < until)
    .sort((a, b) => a.due_at - b.due_at)[0];
}
