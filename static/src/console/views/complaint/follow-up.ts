/** When a complaint that is closed now is followed up. */
export type Day = "next" | "second";

/** At ten, on the next working day or the one after it. */
export function followUpAt(day: Day, from: number): number {
  const at = new Date(from);
  for (let left = day === "next" ? 1 : 2; left > 0; ) {
    at.setDate(at.getDate() + 1);
    if (at.getDay() % 6) left--;
  }
  return at.setHours(10, 0, 0, 0);
}
