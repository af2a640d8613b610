/** Times as people say them, in the page's language. */
import { dateFormat } from "../../i18n/format";

const locale = () => document.documentElement.lang || "en";

export function clock(at: number): string {
  return dateFormat(locale(), { hour: "numeric", minute: "2-digit" }).format(at);
}

export function exact(at: number): string {
  return dateFormat(locale(), { dateStyle: "full", timeStyle: "short" }).format(at);
}

/** The date, whenever it was. */
export function date(at: number): string {
  return dateFormat(locale(), { dateStyle: "long" }).format(at);
}

/** "Today", "Yesterday", then the day of the week, then the date. */
export function day(at: number, now: number = Date.now()): string {
  const midnight = (t: number) => new Date(t).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days > -2) return capital(new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.min(days, 0), "day"));
  const near = days > -7;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateFormat(locale(), near ? { weekday: "long" } : { day: "numeric", month: "long", ...(!sameYear && { year: "numeric" }) }).format(at);
}

/** The time on the same day, else the day. */
export function brief(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? clock(at) : day(at);
}

/** A time to come, as short as it stays plain: the hour today, else the day with it. In the visitor's own zone. */
export function due(at: number, now: number = Date.now()): string {
  const midnight = (t: number) => new Date(t).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0) return clock(at);
  if (Math.abs(days) === 1) return `${new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day")} ${clock(at)}`;
  const near = days > 0 && days < 7;
  return dateFormat(locale(), { ...(near ? { weekday: "long" } : { day: "numeric", month: "long" }), hour: "numeric", minute: "2-digit" }).format(at);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}
