/** What an agent does with a conversation: on screen at once, undone if the server refuses, undoable for a moment. */
import { api, type ApiError } from "./api";
import { ask } from "./ask";
import { t } from "./i18n";
import { deskPath, go, openConversation } from "./nav";
import type { Matter, Row, Step } from "../wire/protocol";
import { causing, closing, unfollowed } from "./state/agreement";
import { closeBehind } from "./state/outbox";
import { currentId, fetchConversation, hearRows, isClosed, rowOf, setView, viewOf } from "./state/conversation";
import { live, list, patchRow, putRow } from "./state/lists";
import { nextAfter } from "./state/rows";
import { me } from "./state/session";
import { choose, settings } from "./state/settings";
import { done, failed } from "./state/toasts";
import { serverNow } from "./state/clock";
import { GUESS, laterMatter, withProgress, withoutProgress } from "./state/thread";
import { asking } from "./state/order";
import { personName, stepName } from "./words";

/** Says that something did not happen and that nothing was lost. */
export function explain(err: unknown): void {
  failed(t("not_done"), (err as ApiError).message);
}

type Deed = "take" | "release" | "close" | "reopen";

async function change(id: string, deed: Deed, patch: Partial<Row>, body: object = {}): Promise<boolean> {
  const putBack = patchRow(id, patch);
  try {
    const row = await api.post<Row>(`conversations/${id}/${deed}`, body);
    putRow(row);
    hearRows([row]);
    return true;
  } catch (err) {
    putBack();
    const { code } = err as ApiError;
    if (code === "promise_open") leaveOpen(id);
    else if (code === "cause_missing") askCause(id, body);
    else explain(err);
    return false;
  }
}

/** A promise keeps it from closing: back to the conversation, and the question what becomes of it. */
function leaveOpen(id: string): void {
  openConversation(id);
  closing.value = id;
}

/** A complaint is closed with what was behind it: the question comes first, and then the closing. */
function askCause(id: string, { why = "" }: { why?: string }): void {
  openConversation(id);
  causing.value = { id, why };
}

const nameOf = (id: string) => {
  const row = rowOf(id);
  return row ? personName(row.person) : "";
};

/** Takes a conversation. From a colleague only on purpose, after a question. */
export async function take(id: string): Promise<void> {
  const row = rowOf(id);
  const self = me.value?.agent;
  if (!row || !self || row.assignee?.id === self.id) return;
  const from = row.assignee;
  if (from && !(await ask({ title: t("take_over_title", { name: from.name }), body: t("take_over_body", { name: from.name }), yes: t("take_over") }))) return;
  const ok = await change(id, "take", { assignee: self, state: "open" }, from ? { from: from.id } : {});
  if (ok) done(t("taken", { name: nameOf(id) }), () => void release(id));
}

export async function release(id: string): Promise<void> {
  const row = rowOf(id);
  if (!row?.assignee || row.state === "closed") return;
  const ok = await change(id, "release", { assignee: null, state: "waiting" });
  if (ok) done(t("released", { name: nameOf(id) }), () => void take(id));
}

/** Says whether it closed. why: what becomes of promises that are still open, in words for the customer. */
export async function close(id: string, why = ""): Promise<boolean> {
  if (isClosed(id)) return false;
  if (!why && rowOf(id)?.split_from) {
    asking.value = { what: "finish", ids: [id] };
    return false;
  }
  if (!why && closeBehind(id)) return true;
  const next = nextAfter(live.value, id);
  const came = list.value;
  const work = change(id, "close", { state: "closed", waiting_since: 0, unread: 0 }, { ...(why && { why }), ...(unfollowed.has(id) && { no_follow_up: true }) });
  if (settings.value.afterClose === "next" && id === currentId.value) {
    if (next) openConversation(next);
    else go(deskPath(came));
  }
  const closed = await work;
  if (closed) unfollowed.delete(id);
  if (closed) done(t("closed", { name: nameOf(id) }), () => void undoClose(id, came));
  return closed;
}

async function undoClose(id: string, came: typeof list.value): Promise<void> {
  await reopen(id);
  go(deskPath(came, id));
}

export async function reopen(id: string): Promise<void> {
  await change(id, "reopen", { state: "open" });
}

/** The state of a matter after a call; the server's answer stands above what was guessed. */
async function onMatter(id: string, guess: (m: Matter) => Matter, call: () => Promise<Matter>): Promise<boolean> {
  const before = viewOf(id)?.matter;
  if (!before) return false;
  const guessed = guess(before);
  setView(id, (view) => ({ ...view, matter: guessed }));
  try {
    const answer = await call();
    setView(id, (view) => ({ ...view, matter: view.matter === guessed ? answer : laterMatter(view.matter, answer) }));
    return true;
  } catch (err) {
    // What came meanwhile was laid over the guess: only the server knows how it stands now.
    if (viewOf(id)?.matter === guessed) setView(id, (view) => ({ ...view, matter: before }));
    else void fetchConversation(id);
    explain(err);
    return false;
  }
}

function byHand(matter: Matter, what: string, state: string) {
  const self = me.value?.agent;
  return {
    id: GUESS + what,
    matter_id: matter.id,
    what,
    state,
    by: "agent" as const,
    by_id: self?.id ?? "",
    by_name: self?.name ?? "",
    cause: "",
    why: t("why_by_hand", { name: self?.name ?? "" }),
    at: serverNow(),
  };
}

export async function moveStep(id: string, step: Step): Promise<void> {
  const before = viewOf(id)?.matter;
  if (!before || before.step === step) return;
  const putBack = patchRow(id, { step });
  const ok = await onMatter(id, (m) => withProgress(m, byHand(m, "step", step)), () => api.post<Matter>(`conversations/${id}/step`, { step }));
  if (ok) done(t("moved_to", { step: stepName(step) }), () => void undoMove(id));
  else putBack();
}

function undoMove(id: string): void {
  const last = viewOf(id)?.matter.progress.findLast((p) => p.what === "step");
  if (last) void undoProgress(id, last.id);
}

export async function tick(id: string, key: string, state: "open" | "done" | "not_needed"): Promise<void> {
  await onMatter(
    id,
    (m) => withProgress({ ...m, progress: m.progress.filter((p) => p.what !== `prompt:${key}`) }, byHand(m, `prompt:${key}`, state)),
    () => api.post<Matter>(`conversations/${id}/prompts/${encodeURIComponent(key)}`, { state }),
  );
}

/** Takes back a tick or a move, whoever made it. */
export async function undoProgress(id: string, progressId: string): Promise<void> {
  await onMatter(
    id,
    (m) => withoutProgress(m, progressId, m.step, m.why),
    () => api.post<Matter>(`conversations/${id}/undo`, { progress_id: progressId }),
  );
}

export function toggleContext(): void {
  choose({ context: settings.value.context === "open" ? "strip" : "open" });
}
