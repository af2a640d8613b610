import { useState } from "preact/hooks";
import type { ApiError } from "../api";

export interface Work {
  busy: boolean;
  /** What went wrong, "" for nothing; field says which field it is about. */
  error: string;
  field: string;
  run: (work: () => Promise<unknown>) => void;
}

/** Runs one piece of work at a time and holds what went wrong. */
export function useWork(): Work {
  const [state, set] = useState({ busy: false, error: "", field: "" });
  const run = (work: () => Promise<unknown>) => {
    set({ busy: true, error: "", field: "" });
    work().then(
      () => set({ busy: false, error: "", field: "" }),
      (err: ApiError) => set({ busy: false, error: err.message, field: err.field ?? "" }),
    );
  };
  return { ...state, run };
}
