import { useEffect, useState } from "preact/hooks";
import type { Hours, WaitRules, WaitWords } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";

/** After the first time nobody is asked before the hand rests this long, ms. */
const REST = 400;

/** What a customer would read of settings that are not saved yet; error says why that is not known. */
export function useWords(site: string, hours: Hours, waiting: WaitRules, locale: string): { words: WaitWords | null; error: string } {
  const [state, set] = useState<{ words: WaitWords | null; error: string }>({ words: null, error: "" });
  const asked = JSON.stringify({ hours, waiting, locale, zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  useEffect(() => {
    let current = true;
    const rest = setTimeout(() => {
      api.post<WaitWords>(`sites/${site}/waiting/preview`, JSON.parse(asked)).then(
        (words) => current && set({ words, error: "" }),
        (err: ApiError) => current && set((before) => ({ ...before, error: err.message })),
      );
    }, state.words ? REST : 0);
    return () => {
      current = false;
      clearTimeout(rest);
    };
  }, [site, asked]);
  return state;
}
