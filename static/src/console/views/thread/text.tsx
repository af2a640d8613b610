import type { VNode } from "preact";

const LINK = /\b(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g;

/** What somebody wrote, as text: never as markup. Addresses become links that tell nothing about us. */
export function Text({ text }: { text: string }) {
  const parts: (string | VNode)[] = [];
  let end = 0;
  for (const m of text.matchAll(LINK)) {
    parts.push(text.slice(end, m.index));
    parts.push(
      <a key={m.index} href={m[0]} target="_blank" rel="noopener noreferrer nofollow">
        {m[0]}
      </a>,
    );
    end = m.index + m[0].length;
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
}
