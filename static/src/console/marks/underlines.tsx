import { createPortal } from "preact/compat";
import type { Marked } from "./use-marks";

/** Lies over the field with the same words, unseen; only the lines under them show. */
export function Underlines({ text, marks }: Marked) {
  const field = document.querySelector(".composer-field");
  const parts = [];
  let end = 0;
  for (const { from, to } of marks) {
    if (to <= Math.max(from, end)) continue;
    const start = Math.max(from, end);
    parts.push(text.slice(end, start), <span key={start}>{text.slice(start, to)}</span>);
    end = to;
  }
  if (!field || end === 0) return null;
  const lines = (
    <div class="composer-mirror marks-lines" aria-hidden="true" dir="auto">
      {parts}
      {text.slice(end)}
    </div>
  );
  return createPortal(lines, field);
}
