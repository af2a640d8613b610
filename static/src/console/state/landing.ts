/** The message that a thread is to show first: somebody came for it. */
import { signal } from "@preact/signals";
import { openConversation } from "../nav";

export const landing = signal<{ id: string; seq: number } | null>(null);

/** Opens a conversation at one of its messages. */
export function openAt(id: string, seq: number): void {
  landing.value = { id, seq };
  openConversation(id);
}
