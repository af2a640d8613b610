/** What can be done about a mark: what it is called, and doing it. */
import { t } from "../i18n";
import { openEditor, raise } from "../state/agreement";
import { commitment } from "../state/chips";
import { insertText, wish, writeIn } from "../views/thread/writing";
import type { Mark } from "./mark";

export function wayName({ kind, way }: Mark): string {
  if (kind === "writing") return t("way_wait");
  if (kind === "unanswered") return t("way_answer");
  if (way.do === "promise") return t("way_promise");
  if (way.do === "rewrite") return t("way_rewrite");
  if (way.do === "add") return t("way_add", { text: way.text.trim() });
  if (kind === "long") return t("way_split");
  return way.text && kind !== "blame" ? t("way_replace", { text: way.text.trim() }) : t("way_leave_out");
}

/** Does it in the draft, with the caret where one goes on writing. */
export function go(id: string, { from, to, way }: Mark): void {
  if (way.do === "replace") insertText(id, way.text, way);
  else if (way.do === "add") insertText(id, way.text, { from: way.at, to: way.at });
  else if (way.do === "promise") hold(id);
  else wish.value = { id, start: from, end: to };
}

/** The commitment that was heard with its time goes with the reply; else the time is asked for. */
function hold(id: string): void {
  if (commitment.value !== "open") return openEditor(id, "promise");
  raise(id, "chip");
  writeIn(id, "reply");
}
