import { useEffect, useState } from "preact/hooks";
import { Picture } from "./picture";
import { sizeOf } from "./size";
import type { Going, Uploads } from "./uploads";
import type { Words } from "./words";

/** What waits for the connection tries again after so long, in ms. */
const AGAIN = 4_000;

/** What goes with the next message: how far each file is, and what did not fit. */
export function Tray({ uploads, list, problems, words }: { uploads: Uploads; list: readonly Going[]; problems: readonly string[]; words: Words }) {
  const said = useArrivals(list, words);
  const stuck = list.some((g) => g.state === "waiting") && !list.some((g) => g.state === "going");
  useEffect(() => {
    if (!stuck) return;
    const timer = setInterval(() => uploads.resume(), AGAIN);
    return () => clearInterval(timer);
  }, [stuck]);
  return (
    <div class="file-tray">
      {list.length > 0 && (
        <ul aria-label={words.tray}>
          {list.map((going) => <Item key={going.key} going={going} stuck={stuck} uploads={uploads} words={words} />)}
        </ul>
      )}
      {problems.length > 0 && (
        <div role="alert" class="file-problems">
          {problems.map((p) => <p key={p} dir="auto">{p}</p>)}
        </div>
      )}
      <p class="file-said" role="status">{said}</p>
    </div>
  );
}

function Item({ going, stuck, uploads, words }: { going: Going; stuck: boolean; uploads: Uploads; words: Words }) {
  const { key, file, state, progress } = going;
  return (
    <li class={`file-going ${state}`}>
      <Picture file={file} />
      <span class="file-what">
        <bdi class="file-name" title={file.name}>{file.name}</bdi>
        <span class="file-state">{stateText(going, stuck, words)}</span>
        {state === "going" && <progress value={progress} aria-label={`${words.going} ${file.name}`} />}
      </span>
      {state === "failed" && (
        <button type="button" class="file-again" onClick={() => uploads.retry(key)}>{words.again}</button>
      )}
      <button type="button" class="file-remove" aria-label={words.remove(file.name)} title={words.remove(file.name)} onClick={() => uploads.remove(key)}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6 6 18" /></svg>
      </button>
    </li>
  );
}

function stateText({ state, file, failure }: Going, stuck: boolean, words: Words): string {
  switch (state) {
    case "failed": return words.failed(failure);
    case "going": return words.going;
    case "waiting": return stuck ? words.waiting : sizeOf(file.size, words.locale);
    case "there": return `${sizeOf(file.size, words.locale)} · ${words.there}`;
  }
}

/** Tells of each file once that it is there. */
function useArrivals(list: readonly Going[], words: Words): string {
  const [told, tell] = useState<{ keys: string[]; text: string }>({ keys: [], text: "" });
  useEffect(() => {
    const fresh = list.filter((g) => g.state === "there" && !told.keys.includes(g.key));
    if (fresh.length) tell({ keys: list.filter((g) => g.state === "there").map((g) => g.key), text: fresh.map((g) => words.ready(g.file.name)).join(" ") });
  }, [list]);
  return told.text;
}

/** What of the chosen files did not fit, in words. */
export function problemsOf({ many, large = [], empty = [] }: { many: readonly unknown[]; large?: readonly File[]; empty?: readonly File[] }, words: Words): string[] {
  return [
    ...(many.length ? [words.many(many.length)] : []),
    ...large.map((f) => words.large(f.name)),
    ...empty.map((f) => words.empty(f.name)),
  ];
}
