/** How much room the window gives: three panes, two and a strip, or one. */
import { signal } from "@preact/signals";

export type Room = "wide" | "middle" | "narrow";

const wide = matchMedia("(min-width: 1281px)");
const narrow = matchMedia("(max-width: 900px)");
const measure = (): Room => (narrow.matches ? "narrow" : wide.matches ? "wide" : "middle");

export const room = signal<Room>(measure());
/** The coach as a drawer, where it has no pane of its own. */
export const contextOpen = signal(false);

for (const media of [wide, narrow]) media.addEventListener("change", () => (room.value = measure()));
