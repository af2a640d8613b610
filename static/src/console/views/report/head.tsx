import { ArrowLeft, Download } from "lucide-preact";
import { saveAs } from "../../../files/save";
import { t, type Key } from "../../i18n";
import { solo } from "../../state/session";
import { Button } from "../../ui/button";

/** The way back to the board; there is none for who answers alone. */
export function ToBoard() {
  if (solo.value) return null;
  return (
    <a class="button button-plain" href="/console/board">
      <ArrowLeft size={15} class="mirror" /> {t("board")}
    </a>
  );
}

interface ChoiceProps {
  ranges: readonly number[];
  days: number;
  choose: (days: number) => void;
  /** What is shown as a table that spreadsheets read, and how its file begins; null while nothing is. */
  table: (() => string) | null;
  file: string;
}

/** Of how many days, and the same as a file. */
export function Choice({ ranges, days, choose, table, file }: ChoiceProps) {
  return (
    <div class="report-choice">
      <fieldset class="report-range">
        <legend class="sr">{t("report_days")}</legend>
        <div class="choice-row">
          {ranges.map((n) => (
            <label key={n} class={`choice-option ${n === days ? "on" : ""}`}>
              <input type="radio" class="sr" name="report-days" checked={n === days} onChange={() => choose(n)} />
              {t(`report_days_${n}` as Key)}
            </label>
          ))}
        </div>
      </fieldset>
      <Button disabled={!table} onClick={() => table && saveAs(new Blob([table()], { type: "text/csv" }), `${file}.csv`)}>
        <Download size={15} /> {t("report_save")}
      </Button>
    </div>
  );
}
