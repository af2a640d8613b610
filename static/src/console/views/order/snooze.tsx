import { AlarmClock, CircleAlert } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { due } from "../../../panel/view/time";
import { api, type ApiError } from "../../api";
import { t, type Key } from "../../i18n";
import { rowOf } from "../../state/conversation";
import { now, serverNow } from "../../state/clock";
import { site } from "../../state/session";
import { Button } from "../../ui/button";
import { TextField } from "../../ui/field";
import type { Ask } from "./asked";
import { moveOn, onEach, promisedBefore, snoozeUntil, wakeUp } from "./deeds";

const HOUR = 3_600_000;
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When a day's work begins, in minutes: as the site opens where its clock shows the same, else at nine. */
function opening(day: number): number {
  const hours = site.value?.hours;
  return (hours?.kept && hours.zone === zone() && hours.week[day]?.[0]?.open) || 9 * 60;
}

/** A day's hour, so many days from now; the beginning of its work where none is given. */
function dayAt(days: number, hour?: number): number {
  const at = new Date(serverNow());
  at.setDate(at.getDate() + days);
  return at.setHours(0, hour === undefined ? opening(at.getDay()) : hour * 60, 0, 0);
}

/** Times that are often meant; those that have passed today are left out. */
function usual(): { key: Key; at: number }[] {
  const soon = Math.ceil((serverNow() + 2 * HOUR) / (HOUR / 4)) * (HOUR / 4);
  const toMonday = (8 - new Date(serverNow()).getDay()) % 7 || 7;
  return [
    { key: "snooze_hours" as Key, at: soon },
    { key: "snooze_evening" as Key, at: dayAt(0, 18) },
    { key: "snooze_tomorrow" as Key, at: dayAt(1) },
    { key: "snooze_monday" as Key, at: dayAt(toMonday) },
  ].filter((x) => x.at > serverNow() + HOUR / 4 && (x.key !== "snooze_evening" || x.at - serverNow() > 2 * HOUR) && (x.key !== "snooze_monday" || toMonday > 1));
}

/** Asks until when, in words or by one of the usual times. */
export function Snooze({ ids, close }: Ask) {
  const [words, write] = useState("");
  const { at, error } = useReading(words);
  const asleep = ids.length === 1 && !!rowOf(ids[0]!)?.snoozed_until;
  const sleep = (until: number) => {
    close();
    moveOn(ids);
    void onEach(ids, snoozeUntil(until), { one: "snoozed_one", many: "snoozed_many" }, { time: due(until, now.peek()) });
  };
  const wake = () => {
    close();
    void onEach(ids, wakeUp, { one: "woken_one", many: "woken_many" });
  };
  return (
    <form
      class="ask-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (at) sleep(at);
      }}
    >
      <TextField label={t("snooze_until")} placeholder={t("snooze_words")} maxLength={60} autocomplete="off" value={words} onValue={write} hint={<Meant words={words} at={at} id={ids.length === 1 ? ids[0]! : ""} />} error={error} />
      <div class="ask-usual">
        {usual().map((x) => (
          <button key={x.key} type="button" class="ask-choice" onClick={() => sleep(x.at)}>
            <span class="grow">{t(x.key)}</span>
            <span class="quiet">{due(x.at, now.value)}</span>
          </button>
        ))}
        {asleep && (
          <button type="button" class="ask-choice" onClick={wake}>
            <span class="grow">{t("wake_now")}</span>
          </button>
        )}
      </div>
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        <Button kind="primary" type="submit" disabled={!at}>
          <AlarmClock size={15} /> {t("snooze")}
        </Button>
      </div>
    </form>
  );
}

/** What the words were understood as, and a promise that falls due before. */
function Meant({ words, at, id }: { words: string; at: number; id: string }) {
  const promise = at ? promisedBefore(id, at) : undefined;
  if (promise) {
    return (
      <span class="ask-warn">
        <CircleAlert size={14} aria-hidden="true" /> {t("snooze_promise", { text: promise.text, time: due(promise.due_at, now.value) })}
      </span>
    );
  }
  if (at) return <strong>{due(at, now.value)}</strong>;
  return <>{t(words.trim() ? "snooze_unclear" : "snooze_hint")}</>;
}

/** How long after the last letter the words are read, ms. */
const PAUSE = 180;

/** What the server reads out of the words; 0 while that is nothing. */
function useReading(words: string): { at: number; error: string } {
  const [read, set] = useState({ words: "", at: 0, error: "" });
  const latest = useRef(words);
  latest.current = words;
  useEffect(() => {
    const text = words.trim();
    if (!text) return set({ words: "", at: 0, error: "" });
    const timer = setTimeout(() => {
      api.post<{ at: number }>(`sites/${site.value?.id}/wake`, { text, zone: zone() }).then(
        ({ at }) => latest.current === words && set({ words, at, error: "" }),
        (err: ApiError) => latest.current === words && set({ words, at: 0, error: err.message }),
      );
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  // An answer to other words than those on screen says nothing about these.
  return read.words === words ? read : { at: 0, error: "" };
}
