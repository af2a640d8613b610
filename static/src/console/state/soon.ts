/** What is done in a moment and can be stopped until then. A page that goes does it at once. */
import { UNDO_MS } from "./toasts";

/** The first comes while what is sent still gets out, the second also on phones. */
const GOING = ["beforeunload", "pagehide"] as const;

const waiting = new Set<() => void>();

function hurry(): void {
  for (const now of waiting) now();
}

/** Does the deed when the note that offers to stop it is gone; the answer stops it, and is false where it is done. */
export function soon(deed: () => void): () => boolean {
  const now = () => {
    stop();
    deed();
  };
  const timer = setTimeout(now, UNDO_MS);
  const stop = () => {
    clearTimeout(timer);
    const inTime = waiting.delete(now);
    if (waiting.size === 0) for (const going of GOING) removeEventListener(going, hurry);
    return inTime;
  };
  if (waiting.size === 0) for (const going of GOING) addEventListener(going, hurry);
  waiting.add(now);
  return stop;
}
