/** Calling an agent who looks elsewhere: title, icon, sound and the desktop, each only when allowed. */
import { computed, effect } from "@preact/signals";
import type { CallKind, CallWay, Mute, Row } from "../wire/protocol";
import calm from "./icons/rapport.svg";
import dotted from "./icons/rapport-dot.svg";
import { t } from "./i18n";
import { chime } from "../panel/sound";
import { asked } from "./state/asked";
import { waitElsewhere } from "./state/elsewhere";
import { counts, rows } from "./state/lists";
import { isGuest } from "./state/rows";
import { me } from "./state/session";
import { choose, settings } from "./state/settings";
import { personName } from "./words";
import { status } from "./status";

/** Conversations of mine with something unread, all that wait for anybody, who waits on other sites, and colleagues who ask. */
const calls = computed(() => {
  const id = me.value?.agent.id ?? "";
  const mine = [...rows.value.values()].filter((r) => (r.assignee?.id === id || isGuest(r, id)) && r.unread > 0 && r.state !== "closed");
  return mine.length + counts.value.queue + waitElsewhere.value + asked.value.length;
});

/** Keeps title and icon in step with what waits. */
export function wearBadge(): () => void {
  return effect(() => {
    const n = me.value ? calls.value : 0;
    document.title = (n > 0 ? `(${n}) ` : "") + t("app_title");
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon) icon.href = n > 0 ? dotted : calm;
  });
}

/** Asks for desktop notes; called from a button only. */
export async function askForDesktop(): Promise<boolean> {
  if (!("Notification" in window)) return false;
  const granted = (await Notification.requestPermission()) === "granted";
  choose({ desktop: granted });
  return granted;
}

/** Rows that the socket brought, before they are applied: calls for those where the customer said something new. */
export function noticeRows(changed: readonly Row[]): void {
  if (status.value !== "online") return;
  const id = me.value?.agent.id;
  for (const row of changed) {
    const before = rows.value.get(row.id);
    const news = row.last.by === "person" && row.unread > 0 && row.last.at > (before?.last.at ?? 0);
    const holder = row.assignee?.id ?? row.offered_to;
    const concerns = !holder || holder === id || isGuest(row, id ?? "");
    if (news && concerns) notice(!holder ? "waiting" : row.offered_to === id && !row.assignee ? "offer" : "mine", row.id, personName(row.person), row.last.text);
  }
}

/** Calls to a conversation for something of a kind, as far as the agent wants it and looks elsewhere. */
export function notice(kind: CallKind, conversation: string, title: string, body: string): void {
  if (status.value === "online" && document.hidden) void call(kind, conversation, title, body);
}

/** Whether the agent is called for a kind in this way. */
const hears = (kind: CallKind, way: CallWay): boolean => !me.value?.mutes?.includes(`${kind}.${way}` as Mute);

/** Calls, unless somebody looks at the console in another tab of this browser. */
async function call(kind: CallKind, id: string, title: string, body: string): Promise<void> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  if (held.some((lock) => lock.name === LOOKING)) return;
  if (settings.value.sound && hears(kind, "sound")) once("chime", chime);
  if (settings.value.desktop && hears(kind, "desktop") && "Notification" in window && Notification.permission === "granted") once(`call:${id}`, () => note(id, title, body));
}

/** Does it in one tab for all, and not again within this moment, ms. */
function once(what: string, work: () => void, moment = 1_500): void {
  const speak = () => {
    work();
    return new Promise<void>((resolve) => setTimeout(resolve, moment));
  };
  if (navigator.locks) void navigator.locks.request(`rapport:${what}`, { ifAvailable: true }, (lock) => (lock ? speak() : undefined));
  else work();
}

/** Held by every tab of the console that is looked at. */
const LOOKING = "rapport:looking";

/** Lets the other tabs know while this one is looked at. */
export function tellLooking(): () => void {
  let end = () => {};
  const look = () => new Promise<void>((away) => (end = away));
  const change = () => {
    end();
    if (!document.hidden) void navigator.locks?.request(LOOKING, { mode: "shared" }, () => (document.hidden ? undefined : look()));
  };
  change();
  document.addEventListener("visibilitychange", change);
  return () => {
    document.removeEventListener("visibilitychange", change);
    end();
  };
}

function note(id: string, title: string, body: string): void {
  const shown = new Notification(title, { body, tag: id, icon: calm });
  shown.onclick = () => {
    window.focus();
    dispatchEvent(new CustomEvent("rapport:show", { detail: id }));
    shown.close();
  };
}
