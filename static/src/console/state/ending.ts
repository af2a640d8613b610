/** What an agent has begun to write in the closing sheet: kept by this browser until the conversation is closed. */
import { me } from "./session";
import { keep, recall } from "./storage";

/** own: somebody has written in it, so that nothing takes its place by itself. */
export interface LastWords {
  text: string;
  template: string;
  own: boolean;
}
/** planned: as it was by hand before. rule: as the site does it. */
export type When = "none" | "one" | "two" | "planned" | "rule";
/** When they hear a word later, and which. */
export interface Later {
  text: string;
  template: string;
  when: When;
}
export interface Ending {
  last?: LastWords;
  later?: Later;
}

const place = (id: string) => `closing:${me.value?.agent.id}:${id}`;

export const endingOf = (id: string): Ending => recall<Ending>(place(id), {});

/** null: it was sent, or the conversation is closed. */
export function keepEnding(id: string, patch: Ending | null): void {
  keep(place(id), patch ? { ...endingOf(id), ...patch } : undefined);
}
