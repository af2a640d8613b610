import type { Site } from "../../../wire/protocol";
import { api } from "../../api";
import { chooseSite, me, refreshSites, replaceSite, site } from "../../state/session";

/** The site that is set up: the one in use, or another where that is the demonstration's; null for none yet. */
export function ownSite(): Site | null {
  const now = site.value;
  if (now && !now.demo) return now;
  const own = me.value?.sites.filter((s) => !s.demo) ?? [];
  return own.find((s) => (s.start?.screen ?? 0) > 0) ?? own[0] ?? null;
}

/** Makes a site and works on it from then on; throws the server's ApiError. */
export async function makeSite(name: string): Promise<Site> {
  const made = await api.post<Site>("sites", { name });
  await refreshSites();
  chooseSite(made.id);
  return made;
}

/** Changes a site without a word about it; throws the server's ApiError. */
export async function saveQuietly(now: Site, patch: Partial<Site>): Promise<void> {
  replaceSite(await api.patch<Site>(`sites/${now.id}`, patch));
}
