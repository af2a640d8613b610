import type { Row } from "../../../wire/protocol";
import { deskPath } from "../../nav";
import { Face } from "../../ui/face";
import { personName } from "../../words";

/** The conversations behind a figure. */
export function Behind({ rows }: { rows: readonly Row[] }) {
  return (
    <ul class="report-behind">
      {rows.map((row) => (
        <li key={row.id}>
          <a href={"/console" + deskPath(row.state === "closed" ? "closed" : "open", row.id)}>
            <Face id={row.person.id} name={row.person.name} size="small" />
            <bdi class="report-name">{personName(row.person)}</bdi>
            <span class="report-said quiet" dir="auto">
              {row.last.text}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
