/** The time as the server tells it, for everything that counts seconds on screen. */
import { signal } from "@preact/signals";

let offset = 0;

/** Milliseconds since 1970, by the server's clock. */
export function serverNow(): number {
  return Date.now() + offset;
}
export function setServerTime(ms: number): void {
  offset = ms - Date.now();
  now.value = serverNow();
}

/** Moves once a second while the page can be seen; hidden pages cost nothing. */
export const now = signal(Date.now());

export function startClock(): () => void {
  const tick = () => {
    if (!document.hidden) now.value = serverNow();
  };
  const timer = setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tick);
  };
}
