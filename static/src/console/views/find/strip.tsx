import { useEffect } from "preact/hooks";
import type { SavedView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { rows } from "../../state/lists";
import { fetchViews, views, watchCounts } from "../../state/views";

export function pathOf(view: SavedView): string {
  return "/console/search?" + new URLSearchParams({ q: view.query });
}

/** How many conversations are in a view; what cannot be counted shows nothing. */
export function Count({ view }: { view: SavedView }) {
  if (view.problem || view.count === 0) return null;
  return (
    <span class="count">
      {view.count}
      {view.more && "+"}
      <span class="sr"> {t("in_view")}</span>
    </span>
  );
}

/** The views below the lists, with counts that follow what happens. */
export function Views() {
  useEffect(() => {
    void fetchViews();
    return watchCounts((fn) => rows.subscribe(fn));
  }, []);
  const all = views.value ?? [];
  if (all.length === 0) return null;
  return (
    <nav class="views" aria-label={t("views")}>
      {all.map((v) => (
        <a key={v.id} href={pathOf(v)} class="view-link" title={v.query}>
          <bdi>{v.name}</bdi> <Count view={v} />
        </a>
      ))}
    </nav>
  );
}
