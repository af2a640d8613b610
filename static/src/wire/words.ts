import type { SentFile } from "./protocol";

/** What a message says in one line: its words, or the name of what was sent in place of them. */
export function wordsOf({ text, files }: { text: string; files?: readonly SentFile[] | undefined }): string {
  return text || (files ? `📎 ${files[0]!.name}` : "");
}
