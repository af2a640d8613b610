import { useEffect, useState } from "preact/hooks";
import { api, type ApiError } from "../../api";

/** What a report says, null while it is on its way; "" fetches nothing. */
export function useReport<T>(path: string) {
  const [figures, show] = useState<T | null>(null);
  const [error, fail] = useState("");
  const [turn, again] = useState(0);
  useEffect(() => {
    if (!path) return;
    let left = false;
    show(null);
    fail("");
    api.get<T>(path).then(
      (f) => left || show(f),
      (err: ApiError) => left || fail(err.message),
    );
    return () => {
      left = true;
    };
  }, [path, turn]);
  return { figures, error, read: () => again((n) => n + 1) };
}
