const UNITS = ["byte", "kilobyte", "megabyte"] as const;

/** How large it is, as people say it in their language. */
export function sizeOf(bytes: number, locale: string | undefined): string {
  const power = Math.min(2, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const amount = bytes / 1024 ** power;
  return new Intl.NumberFormat(locale, { style: "unit", unit: UNITS[power]!, unitDisplay: power ? "short" : "long", maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount);
}
