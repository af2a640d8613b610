/** Moving conversations between agents, teams and the queue: one after the other, with a real way back for each. */
import type { MoveTo, Row } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { t } from "../../i18n";
import { hearRows } from "../../state/conversation";
import { putRow } from "../../state/lists";
import { done, failed } from "../../state/toasts";
import { personName } from "../../words";

/** Takes one move back. */
type Back = () => Promise<unknown>;

async function call(work: Promise<Row>): Promise<Row> {
  const row = await work;
  putRow(row);
  hearRows([row]);
  return row;
}

const whoHas = (row: Row) => row.assignee?.id ?? "";

/** Moves one; null where it was there already. */
async function moveOne(row: Row, place: MoveTo, why: string): Promise<Back | null> {
  const after = await call(api.post<Row>(`conversations/${row.id}/move`, { ...place, from: whoHas(row), ...(why && { why }) }));
  if (whoHas(after) === whoHas(row)) return null;
  const home: MoveTo = row.assignee ? { agent_id: row.assignee.id } : { queue: true };
  return () => call(api.post<Row>(`conversations/${row.id}/move`, { ...home, from: whoHas(after) }));
}

/** Moves them, says what came of it with a way back, and resolves to those that could not be moved. name: of the place. */
export async function moveAll(rows: readonly Row[], place: MoveTo, name: string, why: string, again: () => void): Promise<Row[]> {
  const backs: Back[] = [];
  const left: Row[] = [];
  let trouble = "";
  for (const row of rows) {
    try {
      const back = await moveOne(row, place, why);
      if (back) backs.push(back);
    } catch (err) {
      left.push(row);
      trouble ||= t("board_not_moved", { name: personName(row.person), why: (err as ApiError).message });
    }
  }
  if (trouble) failed(t("board_left", { n: left.length }), trouble);
  if (backs.length > 0) done(t("board_moved", { n: backs.length, name }), () => void takeBack(backs).then(again));
  again();
  return left;
}

async function takeBack(backs: readonly Back[]): Promise<void> {
  const results = await Promise.allSettled(backs.map((back) => back()));
  const wrong = results.find((r) => r.status === "rejected");
  if (wrong) failed(t("not_undone"), ((wrong as PromiseRejectedResult).reason as ApiError).message);
}
