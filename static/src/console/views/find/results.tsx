import { SearchX } from "lucide-preact";
import type { SearchPage } from "../../../wire/protocol";
import { t } from "../../i18n";
import { loosened } from "../../state/query";
import { search, searched, searchMore } from "../../state/search";
import { Button } from "../../ui/button";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { dayOf } from "./when";
import { HitItem, PersonItem } from "./hit";

/** What was found, latest first. */
export function Results({ onText }: { onText: (text: string) => void }) {
  const { status, error, asked, page, query } = searched.value;
  if (status === "error" && asked) return null;
  if (status === "error") return <Trouble message={error} retry={() => void search(query)} />;
  if (!page) return <Skeleton kind="row" lines={5} />;
  return (
    <section class={`results ${status === "loading" ? "stale" : ""}`} aria-busy={status === "loading"} aria-label={t("search_results")}>
      <p class="sr" role="status">
        {status === "ready" && t(page.grouped ? "n_conversations_found" : "n_messages_found", { n: page.hits.length })}
      </p>
      <Reading page={page} />
      {page.people.length > 0 && (
        <ul class="people-found" aria-label={t("people_found")}>
          {page.people.map((p) => (
            <li key={p.id}>
              <PersonItem person={p} />
            </li>
          ))}
        </ul>
      )}
      {page.hits.length > 0 && (
        <ul class="hits">
          {page.hits.map((h) => (
            <li key={`${h.row.id}-${h.seq}`}>
              <HitItem hit={h} />
            </li>
          ))}
        </ul>
      )}
      {page.hits.length === 0 && page.people.length === 0 && !page.next && <None onText={onText} />}
      <More page={page} />
    </section>
  );
}

/** What is not searched yet, if anything. */
function Reading({ page }: { page: SearchPage }) {
  if (page.reading < 100) return <p class="quiet">{t("search_reading", { n: page.reading })}</p>;
  if (page.unread > 0) return <p class="quiet">{t("search_unread")}</p>;
  return null;
}

function None({ onText }: { onText: (text: string) => void }) {
  const { query } = searched.value;
  const loose = loosened(query);
  return (
    <Empty icon={<SearchX size={26} />} title={t("search_none")}>
      {loose !== query && <Button onClick={() => onText(loose)}>{t("search_loosely")}</Button>}
    </Empty>
  );
}

function More({ page }: { page: SearchPage }) {
  if (!page.next) return null;
  return (
    <div class="results-more">
      {page.back > 0 && <p class="quiet">{t("looked_back", { day: dayOf(page.back) })}</p>}
      <Button busy={searched.value.more} onClick={() => void searchMore()}>
        {t(page.back > 0 ? "look_further" : "more_results")}
      </Button>
    </div>
  );
}
