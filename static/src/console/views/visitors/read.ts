import { useEffect, useState } from "preact/hooks";
import type { VisitorChanges } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { withChanges, withoutLeft, type Held } from "../../state/visitors";

/** Changes are read together, ms; after a failure later. */
const EVERY = 2_000;
const LATER = 5_000;

const NOBODY: Held = new Map();

/** The visitors of a site as they come and go, while the page is looked at; still: whose places must not move. */
export function useVisitors(site: string, still: readonly string[] | null) {
  const [held, hold] = useState<Held>(NOBODY);
  const [on, turn] = useState<boolean | null>(null);
  const [error, fail] = useState("");
  const [places] = useState<{ still: readonly string[] | null }>({ still });
  places.still = still;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since = 0;
    let over = false;
    let reading = false;
    const read = async () => {
      timer = undefined;
      reading = true;
      let wait = EVERY;
      try {
        const changes = await api.get<VisitorChanges>(`visitors?site=${site}&since=${since}`);
        if (over) return;
        since = changes.since;
        turn(changes.on);
        fail("");
        if (changes.whole || changes.visitors.length > 0 || changes.gone.length > 0) hold((before) => withChanges(before, changes, places.still));
      } catch (err) {
        if (over) return;
        fail((err as ApiError).message);
        wait = LATER;
      }
      reading = false;
      if (!document.hidden) timer = setTimeout(() => void read(), wait);
    };
    const wake = () => {
      if (!document.hidden && !reading && timer === undefined) void read();
    };
    hold(NOBODY);
    turn(null);
    void read();
    document.addEventListener("visibilitychange", wake);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [site]);
  useEffect(() => {
    if (!still) hold(withoutLeft);
  }, [still]);
  return { held, on, error };
}
