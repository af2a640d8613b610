/** Binds the table of commands to the keyboard. */
import { computed, effect, untracked } from "@preact/signals";
import { tinykeys } from "tinykeys";
import { commands, type Command } from "./commands";
import { question } from "./ask";
import { asking } from "./state/order";
import { settings } from "./state/settings";
import { helpOpen, paletteOpen } from "./views/palette/open";

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Letters pressed with Alt write signs on a Mac, so there the chords take Control as well. */
function binding(chord: string): string {
  const parts = chord.split("+");
  const key = parts.at(-1) ?? "";
  const mods = parts.slice(0, -1).flatMap((m) => (m === "mod" ? ["$mod"] : m === "shift" ? ["Shift"] : mac ? ["Control", "Alt"] : ["Alt"]));
  // Digits and chords with Alt go by the place of the key: with Alt or Shift held, event.key is something else.
  const code = /^\d$/.test(key) ? `Digit${key}` : /^[a-z]$/.test(key) && mods.includes("Alt") ? `Key${key.toUpperCase()}` : key;
  return [...mods, code].join("+");
}

function inField(e: KeyboardEvent): boolean {
  const el = e.target as HTMLElement | null;
  return !!el?.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
}

/** Enter and the arrows belong to whatever has the focus and does something with them. */
function onControl(e: KeyboardEvent): boolean {
  return !!(e.target as HTMLElement | null)?.closest("button, a, summary, [role=menu], [role=listbox], input");
}

const windowOpen = () => question.value !== null || asking.value !== null || helpOpen.value || paletteOpen.value || document.querySelector("[role=menu]") !== null;

function runSingle(c: Command, e: KeyboardEvent): void {
  if (!settings.value.singleKeys || inField(e) || windowOpen()) return;
  if (e.getModifierState("AltGraph") || e.ctrlKey || e.metaKey || e.altKey) return;
  if (c.single === "Enter" && onControl(e)) return;
  if (c.when && !c.when()) return;
  e.preventDefault();
  c.run();
}

function runChord(c: Command, e: KeyboardEvent): void {
  if (e.getModifierState("AltGraph") || e.isComposing) return;
  if (windowOpen() && c.id !== "palette") return;
  if (c.when && !c.when()) return;
  e.preventDefault();
  c.run();
}

/** Two letters belong together when they come within this time, ms: tinykeys' own. */
const TOGETHER = 1_000;

/** Starts listening, anew when the agent chooses other letters; the answer stops it. */
export function bindKeys(): () => void {
  let last = { key: "", at: 0 };
  const chosen = computed(() => settings.value.keys);
  const stop = effect(() => {
    void chosen.value;
    return tinykeys(window, untracked(() => bindings(() => last)));
  });
  const remember = (e: KeyboardEvent) => (last = { key: e.key, at: e.timeStamp });
  window.addEventListener("keydown", remember);
  return () => {
    stop();
    window.removeEventListener("keydown", remember);
  };
}

/** Each key with what it does. last: the key before. */
function bindings(last: () => { key: string; at: number }): Record<string, (e: KeyboardEvent) => void> {
  const map: Record<string, (e: KeyboardEvent) => void> = {};
  // The second letter of "g r" must not be taken for "r" as well.
  const second = (e: KeyboardEvent) => `${last().key} ${e.key}` in map && e.timeStamp - last().at < TOGETHER;
  for (const c of commands()) {
    if (c.single) for (const key of waysTo(c.single)) map[key] = (e) => (key.includes(" ") || !second(e)) && runSingle(c, e);
    if (c.chord) map[binding(c.chord)] = (e) => runChord(c, e);
  }
  return map;
}

/** Signs need Shift on some keyboards and not on others: the sign counts, not the way to it. */
function waysTo(single: string): string[] {
  return /^[?/]$/.test(single) ? [single, `Shift+${single}`] : [single];
}
