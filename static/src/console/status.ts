/** What one says of oneself: the server keeps it, so that it is the same on every device and after a restart. */
import { computed, signal } from "@preact/signals";
import type { Standing, Status, TeamMember } from "../wire/protocol";
import { api } from "./api";
import { explain } from "./desk";
import { now, serverNow } from "./state/clock";
import { me } from "./state/session";

export const standing = signal<Standing>({ status: "online" });
export const status = computed(() => standing.value.status);
/** Online, but spared anything new for a while. */
export const spared = computed(() => (standing.value.no_new_until ?? 0) > now.value);
/** When they will be away by themselves if nothing is touched, 0 while that is far off. */
export const awaySoon = signal(0);
/** The window that asks why they are away is open. */
export const reasonOpen = signal(false);

export interface Said {
  status: Status;
  reason?: string;
  auto?: boolean;
  no_new_minutes?: number;
}

/** How many of our own words are on their way: what the server says meanwhile is older. */
let pending = 0;

/** Says it at once on this screen; when the server refuses, it is as it was before. */
export async function say(said: Said): Promise<boolean> {
  const before = standing.value;
  const { no_new_minutes = 0, ...rest } = said;
  standing.value = { ...rest, ...(no_new_minutes ? { no_new_until: serverNow() + no_new_minutes * 60_000 } : {}) };
  pending++;
  try {
    standing.value = await api.put<Standing>("me/status", said);
    return true;
  } catch (err) {
    standing.value = before;
    if (!said.auto) explain(err);
    return false;
  } finally {
    pending--;
  }
}

export const setStatus = (to: Status) => void say({ status: to });

/** How long "nothing new" lasts, minutes. */
export const SPARED = 10;

/** Nothing new for ten minutes, or an end of that. */
export const spareMe = () => void say({ status: "online", no_new_minutes: spared.value ? 0 : SPARED });

/** Takes on what the team's frame says of oneself: another device may have said it. */
export function hearOwn(team: readonly TeamMember[]): void {
  const own = team.find((a) => a.id === me.value?.agent.id);
  if (!own || pending > 0) return;
  const { id: _, name: _name, picture: _picture, ...said } = own;
  if (JSON.stringify(said) !== JSON.stringify(standing.value)) standing.value = said;
}
