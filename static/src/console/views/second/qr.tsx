/** Modules of white around a code, without which no camera finds it. */
const QUIET = 4;

/** Draws rows of 0 and 1; dark on white in every theme, since cameras want it so. */
export function QR({ rows, label }: { rows: readonly string[]; label: string }) {
  const size = rows.length + 2 * QUIET;
  return (
    <svg class="second-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path fill="currentColor" d={pathOf(rows)} />
    </svg>
  );
}

/** One stroke of squares for each dark module. */
export function pathOf(rows: readonly string[]): string {
  return rows.flatMap((row, y) => [...row].flatMap((on, x) => (on === "1" ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : []))).join("");
}
