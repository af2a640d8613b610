/** Away by itself: whoever touches nothing for a while is warned first, and is back with the first touch. */
import { effect } from "@preact/signals";
import { t } from "../../i18n";
import { keep, recall } from "../../state/storage";
import { site } from "../../state/session";
import { done } from "../../state/toasts";
import { awaySoon, say, standing, status } from "../../status";
import { clockTime } from "../../words";

/** How long before it happens one is warned, ms. */
const WARNING = 60_000;
/** How often it is looked at, and how exactly a touch is noted, ms. */
const LOOK = 5_000;
const TOUCH = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** The tabs of a browser share when something was touched last. */
const TOUCHED = "touched";

/** Watches until the answer is called. */
export function watchIdle(clock: () => number = Date.now): () => void {
  let since = 0;
  let left = 0;
  const touch = () => {
    const at = clock();
    if (at - since < LOOK && awaySoon.value === 0 && !standing.value.auto) return;
    since = at;
    keep(TOUCHED, at);
    awaySoon.value = 0;
    if (standing.value.auto && status.value === "away") void back();
  };
  const back = async () => {
    const from = left;
    if ((await say({ status: "online", auto: true })) && from) done(t("back_again", { time: clockTime(from) }));
    left = 0;
  };
  const leave = async (at: number) => {
    // Who is at work on another device stays, and is asked again after as long.
    if ((await say({ status: "away", auto: true })) && status.value === "online") keep(TOUCHED, (since = at));
  };
  const look = () => {
    const minutes = site.value?.routing?.away_minutes ?? 0;
    if (minutes === 0 || status.value !== "online") return void (awaySoon.value = 0);
    const end = Math.max(since, recall<number>(TOUCHED, 0)) + minutes * 60_000;
    const at = clock();
    if (at >= end) {
      awaySoon.value = 0;
      left = at;
      void leave(at);
    } else awaySoon.value = at >= end - WARNING ? end : 0;
  };
  touch();
  const timer = setInterval(look, LOOK);
  for (const name of TOUCH) addEventListener(name, touch, { passive: true, capture: true });
  const settled = effect(() => void (status.value !== "online" && (awaySoon.value = 0)));
  return () => {
    settled();
    clearInterval(timer);
    for (const name of TOUCH) removeEventListener(name, touch, { capture: true });
    awaySoon.value = 0;
  };
}
