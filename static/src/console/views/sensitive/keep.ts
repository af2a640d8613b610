/** For how many months a sensitive note may be kept; the server takes a year at most. */
export const MONTHS = [1, 3, 6, 12] as const;

/** The same day so many months later, or the last of a month that has no such day. */
export function monthsAfter(at: number, months: number): number {
  const from = new Date(at);
  const to = new Date(at);
  to.setMonth(from.getMonth() + months);
  if (to.getDate() !== from.getDate()) to.setDate(0);
  return to.getTime();
}
