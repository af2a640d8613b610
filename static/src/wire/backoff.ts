/** Bounds of the wait before the next attempt, in milliseconds. */
export const FIRST_WAIT = 500;
export const LONGEST_WAIT = 30_000;

/**
 * Full jitter: any time between nothing and a ceiling that doubles with each attempt
 * (0-based), so that thousands who lost the same server do not come back in one wave.
 */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt, 16));
  return Math.round(random() * ceiling);
}
