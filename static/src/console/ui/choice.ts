import { useState } from "preact/hooks";

/**
 * A control that is saved as soon as it is chosen: shows what was chosen from that moment on,
 * and what is known again once save has ended, well or not.
 */
export function useChoice<T>(known: T, save: (chosen: T) => Promise<void>): [T, (chosen: T) => void] {
  const [under, set] = useState<{ chosen: T } | null>(null);
  const choose = (chosen: T) => {
    const mine = { chosen };
    set(mine);
    void save(chosen).finally(() => set((now) => (now === mine ? null : now)));
  };
  return [under ? under.chosen : known, choose];
}
