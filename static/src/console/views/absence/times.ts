const NINE = 9;
const MONDAY = 1;

/** Nine o'clock so many days after this one. */
function nine(from: number, days: number): number {
  const at = new Date(from);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, NINE).getTime();
}

/** When people are often back. */
export function backTimes(from: number): { key: "tomorrow_at_nine" | "monday_at_nine" | "in_a_week"; at: number }[] {
  const toMonday = (7 + MONDAY - new Date(from).getDay()) % 7 || 7;
  return [
    { key: "tomorrow_at_nine", at: nine(from, 1) },
    { key: "monday_at_nine", at: nine(from, toMonday) },
    { key: "in_a_week", at: nine(from, 7) },
  ];
}
