/** What is held of an agent is forgotten when they sign out; parts that are fetched later say it for themselves. */
const forgets = new Set<() => void>();

export function atLeaving(forget: () => void): void {
  forgets.add(forget);
}
/** Another may sit here next. The latest goes first: it may still need what was there before it. */
export function forgetAgent(): void {
  for (const forget of [...forgets].reverse()) forget();
}
