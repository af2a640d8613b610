import { useState } from "preact/hooks";
import { me } from "../state/session";

const kept = new Map<string, unknown>();

/** One form's state, and what was begun in it. */
export interface Begun<T> {
  value: T;
  change: (patch: Partial<T>) => void;
  /** It is done: the next time the form starts anew. */
  finish: () => void;
}

/**
 * State of a form that outlives the form while this page is open: a narrower window, a panel that
 * is shown or a look at another conversation draws it anew, and Esc only puts it away. `start` is
 * what stands in it before anybody has changed something.
 */
export function useBegun<T extends object>(form: string, start: T): Begun<T> {
  const [, draw] = useState({});
  const key = `${me.value?.agent.id}:${form}`; // nobody finds what a colleague began on this device
  const now = () => (kept.get(key) as T | undefined) ?? start;
  return {
    value: now(),
    change: (patch) => {
      kept.set(key, { ...now(), ...patch });
      draw({});
    },
    finish: () => kept.delete(key),
  };
}
