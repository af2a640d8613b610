/** Questions that wait for this agent's word; what fills and shows them is fetched when it is needed. */
import { signal } from "@preact/signals";
import type { Grant } from "../../wire/protocol";
import { atLeaving } from "./leaving";

export const asked = signal<readonly Grant[]>([]);

atLeaving(() => {
  asked.value = [];
});
