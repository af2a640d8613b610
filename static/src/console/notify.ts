/** Calling an agent who looks elsewhere: title, icon, sound and the desktop, each only when allowed. */
import { computed, effect } from "@preact/signals";
import type { Row } from "../wire/protocol";
import calm from "./icons/rapport.svg";
import dotted from "./icons/rapport-dot.svg";
import { t } from "./i18n";
import { counts, rows } from "./state/lists";
import { me } from "./state/session";
import { choose, settings } from "./state/settings";
import { personName } from "./words";
import { status } from "./state/team";

/** Conversations of mine with something unread, and all that wait for anybody. */
const calls = computed(() => {
  const id = me.value?.agent.id;
  const mine = [...rows.value.values()].filter((r) => r.assignee?.id === id && r.unread > 0 && r.state !== "closed");
  return mine.length + counts.value.queue;
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
  if (status.value === "away") return;
  const id = me.value?.agent.id;
  for (const row of changed) {
    const before = rows.value.get(row.id);
    const news = row.last.by === "person" && row.unread > 0 && row.last.at > (before?.last.at ?? 0);
    const concerns = row.assignee === null || row.assignee.id === id;
    if (news && concerns && document.hidden) call(row);
  }
}

/** One tab speaks for all: whoever gets the lock within this moment. */
function call(row: Row): void {
  const speak = () => {
    if (settings.value.sound) chime();
    if (settings.value.desktop && "Notification" in window && Notification.permission === "granted") note(row);
    return new Promise<void>((resolve) => setTimeout(resolve, 1_500));
  };
  if (navigator.locks) void navigator.locks.request(`rapport:call:${row.id}`, { ifAvailable: true }, (lock) => (lock ? speak() : undefined));
  else void speak();
}

function note(row: Row): void {
  const shown = new Notification(personName(row.person), { body: row.last.text, tag: row.id, icon: calm });
  shown.onclick = () => {
    window.focus();
    dispatchEvent(new CustomEvent("rapport:show", { detail: row.id }));
    shown.close();
  };
}

let audio: AudioContext | null = null;

/** Two soft notes, made here: no file to fetch. Silent until the page had a gesture. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    const at = audio.currentTime;
    for (const [i, hz] of [659.25, 987.77].entries()) {
      const tone = audio.createOscillator();
      const loud = audio.createGain();
      tone.frequency.value = hz;
      loud.gain.setValueAtTime(0, at + i * 0.12);
      loud.gain.linearRampToValueAtTime(0.08, at + i * 0.12 + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + i * 0.12 + 0.5);
      tone.connect(loud).connect(audio.destination);
      tone.start(at + i * 0.12);
      tone.stop(at + i * 0.12 + 0.55);
    }
  } catch {
    // No sound device: the title and the desktop note still call.
  }
}
