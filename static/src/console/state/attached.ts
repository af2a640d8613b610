/** Files that go with the next message of each conversation. */
import { signal } from "@preact/signals";
import type { Going } from "../../files/uploads";
import type { SentFile } from "../../wire/protocol";
import { atLeaving } from "./leaving";

export const attached = signal<Readonly<Record<string, readonly Going[]>>>({});

export const attachedTo = (id: string): readonly Going[] => attached.value[id] ?? [];

/** Files of a message that comes back go with the next one, before those that wait there; too many is for the agent to see. */
export function attachAgain(id: string, files: readonly SentFile[]): void {
  const others = attachedTo(id);
  const back = files.filter((f) => !others.some((g) => g.sent?.id === f.id)).map((sent): Going => ({ key: `back-${sent.id}`, file: sent, state: "there", progress: 1, sent }));
  attached.value = { ...attached.value, [id]: [...back, ...others] };
}

atLeaving(() => (attached.value = {}));
