import { signal } from "@preact/signals";

/** Which round of ideas is on screen. */
export const ideaTurn = signal(0);
