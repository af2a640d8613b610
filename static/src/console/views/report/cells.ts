/** Tables that spreadsheets read. */

/** How a cell begins that a spreadsheet would compute; some read the full-width signs as well. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;

/** A cell that is only ever read as text. */
export function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export const line = (...cells: readonly (string | number)[]) => cells.map((c) => cell(String(c))).join(",");
