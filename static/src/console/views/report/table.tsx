interface TableProps {
  /** What it is a table of, for who hears it. */
  label?: string;
  /** Heads of the names, and of what is said of each. */
  first: string;
  columns: readonly string[];
  rows: readonly { id: string; name: string; cells: readonly (string | number)[] }[];
}

/** Names with their figures. */
export function Table({ label, first, columns, rows }: TableProps) {
  return (
    <table class="report" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {columns.map((c) => (
            <th key={c} scope="col" class="report-n">
              {c}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <bdi>{row.name}</bdi>
            </th>
            {row.cells.map((said, i) => (
              <td key={columns[i]} class="report-n">
                {said}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
