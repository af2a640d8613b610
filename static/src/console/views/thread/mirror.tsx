import { holes } from "../../state/template";

/** Lies under the field with the same text, so that blanks still to be filled can be marked and the field grows with it. */
export function Mirror({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const hole of holes(text)) {
    parts.push(text.slice(end, hole.start), <mark key={hole.start}>{text.slice(hole.start, hole.end)}</mark>);
    end = hole.end;
  }
  parts.push(text.slice(end), "\u200b\n");
  return (
    <div class="composer-mirror" aria-hidden="true" dir="auto">
      {parts}
    </div>
  );
}
