/** What an agent has begun to write, per conversation: here at once, on the server a moment later. */
import { signal } from "@preact/signals";
import { api } from "../api";
import type { Draft } from "../../wire/protocol";
import { serverNow } from "./clock";
import { atLeaving } from "./leaving";
import { keep, recall, recallKeys } from "./storage";

/** Drafts of one agent; another who signs in at this browser has their own. */
let prefix = "draft:";
const SAVE_AFTER_MS = 800;
const empty: Draft = { kind: "reply", text: "", at: 0 };

export const drafts = signal<Readonly<Record<string, Draft>>>({});
/** The templates a draft started from, the last at the end, so that the answer can be told to have come from them. */
export const startedFrom = new Map<string, readonly string[]>();
atLeaving(() => startedFrom.clear());
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Reads what an earlier page of this browser kept, and listens to other tabs: the last word wins, live. The answer stops it. */
export function loadDrafts(agent: string): () => void {
  prefix = `draft:${agent}:`;
  const out: Record<string, Draft> = {};
  for (const key of recallKeys(prefix)) out[key.slice(prefix.length)] = recall(key, empty);
  drafts.value = out;
  const listen = (e: StorageEvent) => {
    const key = e.key?.replace("rapport:", "") ?? "";
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : "";
    if (id) drafts.value = { ...drafts.value, [id]: recall(key, empty) };
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}

export function draftOf(id: string): Draft {
  return drafts.value[id] ?? empty;
}

/** The later of the two stands: one written offline beats an older one on the server. */
export function newer(here: Draft | undefined, there: Draft | null): Draft {
  if (!there) return here ?? empty;
  return here && here.at >= there.at ? here : there;
}

/** Takes the server's draft on when a conversation is opened, or tells it of the later one here. */
export function meetDraft(id: string, there: Draft | null): void {
  const here = drafts.value[id];
  const draft = newer(here, there);
  if (draft !== here) {
    if (draft.text) store(id, draft);
  } else if (!there && draft.text === "") settled(id, draft);
  else if (draft.text !== there?.text) saveSoon(id, draft);
}

export function setDraft(id: string, patch: Partial<Pick<Draft, "kind" | "text">>): void {
  const draft = { ...draftOf(id), ...patch, at: serverNow() };
  store(id, draft);
  if (draft.text === "") startedFrom.delete(id);
  saveSoon(id, draft);
}

/** An empty one is kept too, until the server knows: else what was sent would come back from there after a reload. */
function store(id: string, draft: Draft): void {
  drafts.value = { ...drafts.value, [id]: draft };
  keep(prefix + id, draft);
}

function saveSoon(id: string, draft: Draft): void {
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => void save(id, draft), SAVE_AFTER_MS));
}

/** Offline or refused: the copy here stands, and the next keystroke or opening tries again. */
async function save(id: string, draft: Draft): Promise<void> {
  timers.delete(id);
  const saved = api.put(`conversations/${id}/draft`, { kind: draft.kind, text: draft.text });
  await saved.then(() => draft.text === "" && settled(id, draft), () => {});
}

/** Its conversation is gone, here and on the server. */
export function dropDraft(id: string): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  drafts.value = { ...drafts.value, [id]: empty };
  keep(prefix + id, undefined);
}

/** The server has none either. */
function settled(id: string, draft: Draft): void {
  if (drafts.value[id] === draft) keep(prefix + id, undefined);
}
