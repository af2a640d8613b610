/** What an agent chose for this browser: look, keys, sounds, panes. */
import { computed, effect, signal } from "@preact/signals";
import { keep, recall } from "./storage";

export interface Settings {
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact";
  /** Single letters as shortcuts (WCAG 2.1.4 lets people switch them off). */
  singleKeys: boolean;
  /** Letters that the agent gave to commands, by the command's name; "" for none. */
  keys: Record<string, string>;
  /** Enter sends; otherwise only Ctrl/⌘+Enter does. */
  enterSends: boolean;
  /** Replies wait three seconds before they go out, and can be taken back until then. */
  holdSends: boolean;
  sound: boolean;
  desktop: boolean;
  /** What to show after closing a conversation. */
  afterClose: "next" | "stay";
  /** The coach beside the thread: whole, or the strip of steps only. */
  context: "open" | "strip";
  /** Widths of lists, thread and context in per cent. */
  panes: number[];
}

const DEFAULTS: Settings = {
  theme: "system",
  density: "comfortable",
  singleKeys: true,
  keys: {},
  enterSends: true,
  holdSends: false,
  sound: true,
  desktop: false,
  afterClose: "next",
  context: "open",
  panes: [24, 50, 26],
};

export const settings = signal<Settings>({ ...DEFAULTS, ...recall<Partial<Settings>>("settings", {}) });

/** Changes some settings and remembers them. */
export function choose(patch: Partial<Settings>): void {
  settings.value = { ...settings.value, ...patch };
  keep("settings", settings.value);
}

const systemDark = signal(false);
/** The look in force now. */
export const dark = computed(() =>
  settings.value.theme === "system" ? systemDark.value : settings.value.theme === "dark",
);

/** Puts theme and density on the document, now and whenever they change. */
export function wearSettings(root: HTMLElement): void {
  const media = matchMedia("(prefers-color-scheme: dark)");
  systemDark.value = media.matches;
  media.addEventListener("change", () => (systemDark.value = media.matches));
  effect(() => {
    root.classList.toggle("dark", dark.value);
    root.classList.toggle("compact", settings.value.density === "compact");
  });
}
