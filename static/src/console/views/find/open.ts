/** Ways to the page of search from anywhere. */
import { go } from "../../nav";

/** Shows the page with these words in its field, and the caret behind them. */
export function openSearch(query = ""): void {
  if (query || !location.pathname.endsWith("/search")) go("/search" + (query ? "?" + new URLSearchParams({ q: query }) : ""));
  // Where it stands already, only its field is asked for.
  setTimeout(() => document.querySelector<HTMLInputElement>(".search-field input")?.focus());
}
