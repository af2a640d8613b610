import { useId } from "preact/hooks";
import { t, type Key } from "../../i18n";
import { now, serverNow } from "../../state/clock";
import { due } from "../../../panel/view/time";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** The zone that times are written in here. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A time to come: the hour today, else the day with it, as the customer reads it too. */
export const dueWords = (at: number) => due(at, now.value);

/** A moment as the browser's own field for it writes it, in this place's time. */
export function toField(at: number): string {
  return at ? new Date(at - new Date(at).getTimezoneOffset() * MINUTE).toISOString().slice(0, 16) : "";
}
export function fromField(text: string): number {
  const at = new Date(text).getTime();
  return Number.isFinite(at) ? at : 0;
}

/** A time by the name that people have for it. */
export interface UsualTime {
  key: Key;
  at: number;
}

/** Times that are often meant, from now on. */
export function usualTimes(from: number): UsualTime[] {
  const soon = (ms: number) => Math.ceil((from + ms) / (5 * MINUTE)) * 5 * MINUTE;
  return [
    { key: "in_half_an_hour", at: soon(30 * MINUTE) },
    { key: "in_two_hours", at: soon(120 * MINUTE) },
    { key: "tomorrow_morning", at: new Date(midnight(from + DAY)).setHours(10) },
  ];
}

/** Asks by when; 0 while nothing is chosen. usual: what is often meant, unless it is what promises are. */
export function WhenField({ label, at, onAt, error, usual = usualTimes(serverNow()) }: { label: string; at: number; onAt: (at: number) => void; error?: string | undefined; usual?: UsualTime[] }) {
  const id = useId();
  return (
    <div class="field when-field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="when-row">
        <input id={id} type="datetime-local" class="input" value={toField(at)} min={toField(serverNow())} aria-invalid={error ? true : undefined} aria-describedby={error ? `${id}-error` : undefined} onInput={(e) => onAt(fromField(e.currentTarget.value))} />
        {usual.map((often) => (
          <button key={often.key} type="button" class="pick" aria-pressed={at === often.at} onClick={() => onAt(often.at)}>
            {t(often.key)}
          </button>
        ))}
      </div>
      {error && (
        <div class="field-error" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}
