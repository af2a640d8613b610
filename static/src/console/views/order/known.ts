/** The site's tags: fetched when they are first wanted, and again when somebody changed them. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Tag } from "../../../wire/protocol";
import { api } from "../../api";
import { fetchList, list } from "../../state/lists";
import { site } from "../../state/session";

/** null while they are not known; of is the site that they are of. */
export const tags = signal<{ of: string; all: readonly Tag[] } | null>(null);
export const tagsFailed = signal(false);

export async function fetchTags(): Promise<void> {
  const of = site.value?.id;
  if (!of) return;
  tagsFailed.value = false;
  try {
    const { tags: all } = await api.get<{ tags: Tag[] }>(`sites/${of}/tags`);
    if (site.value?.id === of) tags.value = { of, all };
  } catch {
    tagsFailed.value = true;
  }
}

/** Somebody made, renamed, merged or deleted a tag: rows may show it. */
export async function tagsTurn(): Promise<void> {
  if (tags.value) await fetchTags();
  await fetchList(list.value);
}

/** null while they are not known. */
export function useTags(): readonly Tag[] | null {
  useEffect(() => void (tags.value?.of !== site.value?.id && fetchTags()), [site.value?.id]);
  return tags.value?.of === site.value?.id ? (tags.value?.all ?? null) : null;
}
