/** The stretches in which a site is open, as the server tells those to come: from one time to another. */
export type Opening = readonly (readonly [number, number])[];

/** When a site opens next; 0 where nobody knows, null while it is open or keeps no hours. */
export function opensAt(opening: Opening | undefined, now = Date.now()): number | null {
  if (!opening || opening.some(([from, to]) => from <= now && now < to)) return null;
  return opening.find(([from]) => from > now)?.[0] ?? 0;
}
