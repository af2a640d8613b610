import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { t } from "../../i18n";
import { go } from "../../nav";
import { search, searched } from "../../state/search";
import { views } from "../../state/views";
import { Page } from "../pages/page";
import { Chips } from "./chips";
import { SearchField } from "./field";
import { Keep } from "./keep";
import { Kept } from "./kept";
import { Results } from "./results";

/** How long one must stop typing before the search begins, ms. */
const PAUSE = 300;

/** Search over everything: words, filters, what was found, and the views that are kept. */
export function Find() {
  const { query } = useLocation();
  const asked = query["q"] ?? "";
  const [text, write] = useState(asked);
  const timer = useRef(0);
  useEffect(() => {
    // What one is writing stays as it is, the space at its end too.
    write((now) => (now.trim() === asked ? now : asked));
    if (asked !== searched.peek().query || searched.peek().status === "error") void search(asked);
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const settle = (words: string) => {
    clearTimeout(timer.current);
    if (words.trim() === asked.trim()) void search(words.trim());
    else go("/search" + (words.trim() ? "?" + new URLSearchParams({ q: words.trim() }) : ""), true);
  };
  const change = (words: string, now = false) => {
    write(words);
    clearTimeout(timer.current);
    if (now || words.trim() === "") settle(words);
    else if (!/(^|\s)-?\w+:$/.test(words)) timer.current = window.setTimeout(() => settle(words), PAUSE);
  };
  const view = views.value?.find((v) => v.query === asked);
  return (
    <Page at="search" title={view ? view.name : t("search")} actions={<Keep query={asked} view={view} />}>
      <div class="search-head">
        <SearchField text={text} onText={change} problem={searched.value.asked ? searched.value.error : ""} />
        <Chips text={text} onText={(words) => change(words, true)} />
      </div>
      {asked ? <Results onText={(words) => change(words, true)} /> : <Kept onText={(words) => change(words, true)} />}
    </Page>
  );
}
