/** Whispers between a supervisor and who has a conversation; what shows them is fetched when it is needed. */
import { signal } from "@preact/signals";
import { atLeaving } from "./leaving";

/** The conversation whose agent one is about to whisper to, or "". */
export const whispering = signal("");
/** What is whispered to this agent on screen and not put aside, the latest: the one that keys act on. Null for nothing. */
export const heard = signal<{ id: string; seq: number; text: string } | null>(null);

atLeaving(() => (whispering.value = ""));
