/** Searches that are kept with a name, and how many conversations are in each. */
import { signal } from "@preact/signals";
import { api, type ApiError } from "../api";
import type { SavedView } from "../../wire/protocol";
import { atLeaving } from "./leaving";
import { zone } from "./search";

/** null while they are not known. */
export const views = signal<readonly SavedView[] | null>(null);
export const viewsError = signal("");

let coming: Promise<void> | null = null;
atLeaving(() => (views.value = null));

/** Reads them with their counts; whoever asks meanwhile waits for the same answer. */
export function fetchViews(): Promise<void> {
  return (coming ??= read().finally(() => (coming = null)));
}

const query = () => "?" + new URLSearchParams({ zone: zone() });

async function read(): Promise<void> {
  try {
    views.value = (await api.get<{ views: SavedView[] }>("views" + query())).views;
    viewsError.value = "";
  } catch (err) {
    viewsError.value = (err as ApiError).message;
  }
}

export interface ViewText {
  name: string;
  query: string;
  shared: boolean;
}

/** Keeps a new view, or what was changed of one; throws an ApiError, and nothing has changed then. */
export async function saveView(text: ViewText, id = ""): Promise<SavedView> {
  const kept = id ? await api.put<SavedView>(`views/${id}${query()}`, text) : await api.post<SavedView>("views" + query(), text);
  await fetchViews();
  return kept;
}

export async function deleteView(id: string): Promise<void> {
  await api.remove(`views/${id}`);
  views.value = views.value?.filter((v) => v.id !== id) ?? null;
}

/** Moves a view by one place among its kind. */
export async function moveView(view: SavedView, by: 1 | -1): Promise<void> {
  const ids = (views.value ?? []).filter((v) => v.shared === view.shared).map((v) => v.id);
  const at = ids.indexOf(view.id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return;
  ids.splice(to, 0, ...ids.splice(at, 1));
  await api.post("views/order", { shared: view.shared, ids });
  await fetchViews();
}

/** How often counts are read again while rows change, ms, and when nothing is heard. */
const OFTEN = 10_000;
const SELDOM = 60_000;

/** Reads the counts again when rows have changed, not more often than is of use; the answer stops it. */
export function watchCounts(changed: (fn: () => void) => () => void): () => void {
  let last = Date.now();
  let waiting = 0;
  const again = () => {
    waiting = 0;
    last = Date.now();
    if (!document.hidden && (views.value?.length ?? 0) > 0) void fetchViews();
  };
  const soon = () => (waiting ||= window.setTimeout(again, Math.max(500, last + OFTEN - Date.now())));
  const stop = changed(soon);
  const slow = setInterval(again, SELDOM);
  return () => {
    stop();
    clearTimeout(waiting);
    clearInterval(slow);
  };
}
