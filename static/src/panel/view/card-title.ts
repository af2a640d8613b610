import type { Card } from "../../wire";
import { t } from "../words";

export function cardTitle({ kind }: Card): string {
  return t(kind === "summary" ? "title.summary" : "title.proposal");
}
