/** Commitments in an agent's words: the server finds them, nothing of it is kept. */
import { api } from "../api";
import { site } from "./session";

/** A commitment in the agent's words; due_at 0 where no time was said. */
export interface Found {
  text: string;
  due_at: number;
  words: string;
  /** When the site opens after a due time on which it is closed. */
  opens_at?: number;
}

/** Words without which nobody commits to anything; only what has one is worth asking about. */
const CUE = /\b(i|we)(['’]ll| will| shall)\b|\blet me\b|\bpromise\b/i;

export const worthAsking = (text: string) => text.length > 12 && CUE.test(text);

/** "I'll call the potter" as it reads after "We promise:". */
export const asPromise = (text: string) => text.replace(/^(i|we)(['’]ll| will| shall) (?=\S)/i, "");

/** at: when the words were said, left out for now. null: nobody answered, so that nothing is known of these words. */
export async function listen(text: string, zone: string, at?: number): Promise<Found[] | null> {
  if (!worthAsking(text)) return [];
  return api.post<{ found: Found[] }>(`sites/${site.value?.id}/when`, { text, zone, ...(at && { at }) }).then((answer) => answer.found, () => null);
}
