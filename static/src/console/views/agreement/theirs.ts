/** In which zone the customer reads the times that stand around here. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { locale, t } from "../../i18n";
import { now } from "../../state/clock";
import { dueWords } from "./when";

type Customer = { id: string; name: string; zone?: string };

/** The customer that the times are told to; null where there is none, or where it does not matter. */
export const Theirs = createContext<Customer | null>(null);

/** The same moment on a clock in their zone; "" where it reads as it does here, or the zone is unknown. */
export function elsewhere(at: number, zone: string | undefined): string {
  if (!zone) return "";
  const write = (form: Intl.DateTimeFormatOptions, there: boolean) => new Intl.DateTimeFormat(locale(), there ? { ...form, timeZone: zone } : form).format(at);
  const minute = { hour: "numeric", minute: "2-digit" } as const;
  const date = { weekday: "long" } as const;
  try {
    const otherDay = write(date, true) !== write(date, false);
    if (!otherDay && write(minute, true) === write(minute, false)) return "";
    return write(otherDay ? { ...date, ...minute } : minute, true);
  } catch {
    return ""; // a zone that this browser does not know
  }
}

/** A time to come as it reads here and, where it is another there, for the customer: "15:00 (16:00 for Maria)". */
export function bothWords(at: number, customer: Customer | null): string {
  const there = elsewhere(at, customer?.zone);
  return there && customer ? t("and_for_them", { time: dueWords(at), there, name: shortName(customer) }) : dueWords(at);
}

/** Their first name, "them" while nobody knows it. */
export const shortName = (customer: Customer) => customer.name.split(" ")[0] || t("them");

/** bothWords for whom the times around here are told to; drawn again as time goes on. */
export function useBoth(): (at: number) => string {
  const customer = useContext(Theirs);
  void now.value;
  return (at) => bothWords(at, customer);
}
