import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { done } from "../state/toasts";
import { Keys } from "../ui/keys";
import { wantAll } from "./chosen";
import type { Marked } from "./use-marks";
import { go, wayName } from "./ways";
import { writeIn } from "../views/thread/writing";

/** Digits reach so many. */
const KEYED = 9;

/** Each mark with why and a way; the digit before a way takes it. */
export function MarkList({ id, text, marks, close }: Marked & { id: string; close: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector("button")?.focus(), []);
  const take = (i: number) => {
    const mark = marks[i];
    if (!mark) return;
    close();
    afterwards(() => go(id, mark));
  };
  const leave = () => {
    close();
    afterwards(() => writeIn(id, "reply"));
  };
  const keyDown = (e: KeyboardEvent) => onKey(e, list.current, { take, leave });
  return (
    <div ref={list} class="marks-list">
      <ol>
        {marks.map((mark, i) => (
          <li key={`${mark.kind}:${mark.from}`}>
            <p class="marks-what">
              <strong>{t(`mark_${mark.kind}`)}</strong>
              {mark.to > mark.from && <bdi>“{excerpt(text.slice(mark.from, mark.to))}”</bdi>}
            </p>
            <p>{t(`mark_why_${mark.kind}`, { about: mark.about })}</p>
            <button type="button" class="marks-way" onKeyDown={keyDown} onClick={() => take(i)}>
              {wayName(mark)} {i < KEYED && <Keys keys={String(i + 1)} />}
            </button>
          </li>
        ))}
      </ol>
      <footer class="marks-foot">
        <p>{t("marks_lead")}</p>
        <button type="button" class="marks-off" onKeyDown={keyDown} onClick={() => silence(leave)}>
          {t("marks_off")}
        </button>
      </footer>
    </div>
  );
}

/** The first words, where a whole sentence is marked. */
function excerpt(words: string): string {
  const bare = words.replace(/\s+/g, " ").trim();
  return bare.length <= 60 ? bare : `${bare.slice(0, 58).replace(/\s\S*$/, "")} …`;
}

function silence(leave: () => void): void {
  leave();
  wantAll(false);
  done(t("marks_are_off"), () => wantAll(true));
}

/** Two frames later: the closing window first gives the focus back to its button. */
function afterwards(fn: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(fn));
}

function onKey(e: KeyboardEvent, list: HTMLElement | null, to: { take: (i: number) => void; leave: () => void }): void {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (by) {
    const buttons = [...(list?.querySelectorAll("button") ?? [])];
    buttons[(buttons.indexOf(document.activeElement as HTMLButtonElement) + by + buttons.length) % buttons.length]?.focus();
  } else if (/^[1-9]$/.test(e.key)) to.take(Number(e.key) - 1);
  else if (e.key === "Escape") to.leave();
  else return;
  e.preventDefault();
  e.stopPropagation();
}
