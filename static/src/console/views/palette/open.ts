import { signal } from "@preact/signals";

/** Whether the command palette and the sheet of shortcuts are on screen. */
export const paletteOpen = signal(false);
export const helpOpen = signal(false);
