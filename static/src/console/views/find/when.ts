import { locale } from "../../i18n";

/** The day of a moment, with its year where it is another than this. */
export function dayOf(at: number): string {
  const year = new Date(at).getFullYear() !== new Date().getFullYear();
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", ...(year && { year: "numeric" }) }).format(at);
}
