/** Small phrases made of data: names, times, steps. */
import { dateFormat } from "../i18n/format";
import { clock } from "../panel/view/time";
import type { Standing, Step } from "../wire/protocol";
import { locale, t, type Key } from "./i18n";

/** Times read alike on both sides of a conversation. */
export { clock as clockTime, date as longDate, day as dayName } from "../panel/view/time";

/** The customer's name, or "Visitor" and the end of the id. */
export function personName(person: { id: string; name: string }): string {
  return person.name || t("visitor_n", { n: person.id.slice(-4) });
}

/** mm:ss up to an hour, then h:mm:ss; the live wait. */
export function stopwatch(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return s < 3600 ? rest : `${Math.floor(s / 3600)}:${rest}`;
}

/** The whole moment with its zone, for a hover. */
export function exactTime(at: number): string {
  return dateFormat(locale(), { dateStyle: "full", timeStyle: "long" }).format(at);
}

/** "now", "5 min", "3 h", then the day: short, for lists. */
export function shortAgo(at: number, now: number): string {
  const s = Math.max(0, (now - at) / 1000);
  if (s < 60) return t("just_now");
  const unit = (value: number, name: "minute" | "hour") =>
    new Intl.NumberFormat(locale(), { style: "unit", unit: name, unitDisplay: "short" }).format(Math.floor(value));
  if (s < 3600) return unit(s / 60, "minute");
  if (s < 86_400) return unit(s / 3600, "hour");
  return dateFormat(locale(), { day: "numeric", month: "short" }).format(at);
}

/** "5 minutes ago", for sentences. */
export function ago(at: number, now: number): string {
  const s = (at - now) / 1000;
  const f = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  if (s > -60) return t("just_now");
  if (s > -3600) return f.format(Math.ceil(s / 60), "minute");
  if (s > -86_400) return f.format(Math.ceil(s / 3600), "hour");
  return f.format(Math.ceil(s / 86_400), "day");
}

/** "Online", "Away (Lunch)", "Online, nothing new until 10:42". */
export function standingWords({ status, reason, no_new_until = 0 }: Standing, now: number): string {
  if (status === "online" && no_new_until > now) return t("status_spared", { time: clock(no_new_until) });
  const plain = t(`status_${status}` as Key);
  return reason ? t("status_because", { status: plain, reason }) : plain;
}

export function stepName(step: Step): string {
  return t(`step_${step}` as Key);
}
