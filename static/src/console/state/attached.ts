/** Files that go with the next message of each conversation. */
import { signal } from "@preact/signals";
import type { Going } from "../../files/uploads";

export const attached = signal<Readonly<Record<string, readonly Going[]>>>({});

export const attachedTo = (id: string): readonly Going[] => attached.value[id] ?? [];
