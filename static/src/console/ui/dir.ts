/** The direction of the page, for machines that move by arrow keys or measure from an edge. */
export function dir(): "ltr" | "rtl" {
  return document.documentElement.dir === "rtl" ? "rtl" : "ltr";
}
