/** Pure rules of a thread: applying events to a view, and turning a view into the lines on screen. */
import type { Author, ConversationEvent, ConversationView, Marks, Matter, Message, Progress } from "../../wire/protocol";
import { withCard, withPromise, type Pending } from "../../wire";

/** Applies events that are in order; those already held are skipped. */
export function applyEvents(view: ConversationView, events: readonly ConversationEvent[]): ConversationView {
  return events.filter((e) => e.seq > view.seq).reduce(applyOne, view);
}

function applyOne(view: ConversationView, event: ConversationEvent): ConversationView {
  const out: ConversationView = { ...view, seq: event.seq };
  switch (event.type) {
    case "message.posted":
    case "note.posted":
      out.messages = withMessage(view.messages, event.message);
      break;
    case "matter.opened":
    case "matter.turned":
      out.matter = event.matter;
      break;
    case "step.moved":
    case "prompt.ticked":
      out.matter = withProgress(view.matter, event.progress);
      break;
    case "progress.undone":
      out.matter = withoutProgress(view.matter, event.progress_id, event.step, event.why);
      break;
    case "matter.read":
      // Ticks and moves have events of their own.
      if (event.matter_id === view.matter.id) out.matter = { ...event.matter, progress: view.matter.progress };
      break;
    case "person.updated":
      out.person = event.person;
      break;
  }
  if ("complaint" in event) out.complaint = event.type === "complaint.ended" && event.complaint.state === "dropped" ? null : event.complaint;
  if ("card" in event) out.cards = withCard(view.cards, event.card);
  if ("promise" in event) out.promises = withPromise(view.promises, event.promise);
  if ("grant" in event) out.grants = [event.grant, ...view.grants.filter((g) => g.id !== event.grant.id)];
  if (LINES.has(event.type) || event.type === "card.answered") out.events = [...view.events, event];
  return out;
}

const LINES = new Set([
  "conversation.taken", "conversation.released", "conversation.closed", "conversation.reopened", "conversation.snoozed", "conversation.woken", "conversation.offered", "conversation.passed", "conversation.merged", "conversation.received",
  "aside.opened", "aside.began", "aside.closed", "aside.returned",
  "guest.asked", "guest.passed", "guest.joined", "guest.left", "whisper.sent", "transcript.sent",
  "card.sent", "promise.made", "promise.moved", "promise.kept", "promise.broken", "promise.dropped", "promise.handed", "promise.delayed", "delay.reported", "delay.settled",
  "answers.read", "invitation.answered", "feedback.given", "grant.given", "grant.asked", "grant.unanswered", "grant.refused", "grant.withdrawn",
]);

/** Adds a message in its place; one that is there already (an answer and its event) changes nothing. */
export function withMessage(messages: readonly Message[], message: Message): Message[] {
  if (messages.some((m) => m.id === message.id)) return [...messages];
  const at = messages.findIndex((m) => m.seq > message.seq);
  return at < 0 ? [...messages, message] : [...messages.slice(0, at), message, ...messages.slice(at)];
}

/** A fetched view with the older pages that were held already, where the two meet without a hole. */
export function withOlder(held: ConversationView, fetched: ConversationView): ConversationView {
  const first = Math.min(fetched.messages[0]?.seq ?? Infinity, fetched.events[0]?.seq ?? Infinity);
  if (!fetched.more || held.seq < first - 1) return fetched;
  return {
    ...fetched,
    messages: [...held.messages.filter((m) => m.seq < first), ...fetched.messages],
    events: [...held.events.filter((e) => e.seq < first), ...fetched.events],
    more: held.more,
  };
}

/** A newer tick or move about the same thing stands in the place of the old. */
export function withProgress(matter: Matter, progress: Progress): Matter {
  if (progress.matter_id !== matter.id) return matter;
  const rest = matter.progress.filter((p) => p.id !== progress.id);
  const moved = progress.what === "step";
  return {
    ...matter,
    progress: [...rest, progress],
    step: moved ? (progress.state as Matter["step"]) : matter.step,
    why: moved ? progress.why : matter.why,
  };
}

export function withoutProgress(matter: Matter, id: string, step: Matter["step"], why: string): Matter {
  return { ...matter, progress: matter.progress.filter((p) => p.id !== id), step, why };
}

/** Progress that was only guessed, until the server's word comes. */
const guessed = (p: Progress) => p.id.startsWith(GUESS);
export const GUESS = "local-";

/**
 * The later of a matter kept up by events and the server's answer about it; ids of progress grow
 * with time. A guess is never in it.
 */
export function laterMatter(held: Matter, answer: Matter): Matter {
  const newest = (m: Matter) => m.progress.reduce((max, p) => (!guessed(p) && p.id > max ? p.id : max), "");
  if (held.id !== answer.id) return held.number > answer.number ? held : answer;
  if (newest(held) <= newest(answer)) return answer;
  return { ...held, progress: held.progress.filter((p) => !guessed(p)) };
}

/** Puts an older page in front. */
export function withPage(view: ConversationView, page: { messages: Message[]; events: ConversationEvent[]; more: boolean }): ConversationView {
  const known = new Set(view.messages.map((m) => m.id));
  const seqs = new Set(view.events.map((e) => e.seq));
  return {
    ...view,
    messages: [...page.messages.filter((m) => !known.has(m.id)), ...view.messages],
    events: [...page.events.filter((e) => !seqs.has(e.seq)), ...view.events],
    more: page.more,
  };
}

export type State = "sending" | "failed" | "sent" | "delivered" | "read";
export interface Line {
  key: string;
  at: number;
  kind: "message" | "event" | "day" | "new";
  message?: Message;
  event?: ConversationEvent;
  pending?: Pending;
  /** First and last of a group by one author within five minutes. */
  first?: boolean;
  last?: boolean;
  state?: State;
}

const GROUP_MS = 5 * 60_000;

export interface ThreadInput {
  messages: readonly Message[];
  events: readonly ConversationEvent[];
  pending: readonly Pending[];
  marks: Marks;
  me: Author;
  /** seq after which messages of the customer are new to this agent; Infinity for none. */
  newAfter: number;
}

/** The lines of a thread, oldest first: messages grouped, days divided, what is on its way at the end. */
export function lines(input: ThreadInput): Line[] {
  const merged = mergeBySeq(input.messages, input.events);
  const known = new Set(input.messages.map((m) => m.client_id));
  const out: Line[] = [];
  let isNew = false;
  for (const item of merged) {
    pushDay(out, item.at);
    const m = item.message;
    if (!isNew && m && m.author.kind === "person" && m.seq > input.newAfter) {
      isNew = true;
      out.push({ key: "new", at: item.at, kind: "new" });
    }
    if (m && m.author.kind === "agent" && m.kind === "reply") item.state = stateOf(m, input.marks);
    out.push(item);
  }
  for (const p of input.pending) {
    if (known.has(p.client_id)) continue;
    pushDay(out, p.at);
    out.push(pendingLine(p, input.me));
  }
  return group(out);
}

function mergeBySeq(messages: readonly Message[], events: readonly ConversationEvent[]): Line[] {
  const out: Line[] = [
    // The client's id, so that a line keeps its place on screen when it turns from pending to stored.
    ...messages.map((m): Line => ({ key: m.client_id || m.id, at: m.at, kind: "message", message: m })),
    ...events.filter((e) => LINES.has(e.type)).map((e): Line => ({ key: "e" + e.seq, at: e.at, kind: "event", event: e })),
  ];
  return out.sort((a, b) => (a.message ?? a.event)!.seq - (b.message ?? b.event)!.seq);
}

function pendingLine(p: Pending, me: Author): Line {
  const message: Message = {
    id: p.client_id,
    conversation_id: p.conversation_id,
    client_id: p.client_id,
    kind: p.kind ?? "reply",
    author: me,
    text: p.text,
    ...(p.files ? { files: [...p.files] } : {}),
    at: p.at,
    seq: Number.MAX_SAFE_INTEGER,
  };
  return { key: p.client_id, at: p.at, kind: "message", message, pending: p, state: p.failed ? "failed" : "sending" };
}

export function stateOf(m: Message, marks: Marks): State {
  if (m.seq <= marks.person_read) return "read";
  return m.seq <= marks.person_delivered ? "delivered" : "sent";
}

function pushDay(out: Line[], at: number): void {
  const day = new Date(at).toDateString();
  const before = out.at(-1);
  if (before && new Date(before.at).toDateString() === day) return;
  out.push({ key: "d" + day, at, kind: "day" });
}

function group(all: Line[]): Line[] {
  const joins = (a: Line | undefined, b: Line | undefined) =>
    !!a?.message && !!b?.message && a.message.author.kind === b.message.author.kind &&
    a.message.author.id === b.message.author.id && a.message.kind === b.message.kind && b.at - a.at < GROUP_MS;
  return all.map((line, i) =>
    line.message ? { ...line, first: !joins(all[i - 1], line), last: !joins(line, all[i + 1]) } : line,
  );
}
