import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../api";
import { site } from "../../state/session";

/** Fetches what a page shows, again for another site or when something else has changed. error: why it is not there, null while all is well. */
export function useFetched(load: () => Promise<void>, changed?: unknown): { loading: boolean; error: string | null; retry: () => void } {
  const [state, set] = useState<{ loading: boolean; error: string | null }>({ loading: true, error: null });
  const retry = () => {
    set({ loading: true, error: null });
    load().then(
      () => set({ loading: false, error: null }),
      (err: ApiError) => set({ loading: false, error: err.message }),
    );
  };
  useEffect(retry, [site.value?.id, changed]);
  return { ...state, retry };
}
