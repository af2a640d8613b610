import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { learnMore, t } from "../words";

/**
 * A part of the panel that is fetched, with the later words, when it is first shown. Without a
 * connection it says so and comes with the next one, or when asked for again; a quiet part says nothing.
 */
export function part<P extends object>(load: () => Promise<ComponentType<P>>, quiet = false): ComponentType<P> {
  const found = signal<ComponentType<P> | null>(null);
  const failed = signal(false);
  const fetchIt = async () => {
    failed.value = false;
    try {
      [found.value] = await Promise.all([load(), learnMore()]);
    } catch {
      failed.value = true;
      addEventListener("online", fetchIt, { once: true });
    }
  };
  return (props) => {
    useEffect(() => {
      if (!found.value) void fetchIt();
    }, []);
    const Found = found.value;
    if (Found) return <Found {...props} />;
    return failed.value && !quiet ? <p class="note" role="alert">{t("panel.missing")} <button type="button" class="quiet" onClick={fetchIt}>{t("thread.again")}</button></p> : null;
  };
}
