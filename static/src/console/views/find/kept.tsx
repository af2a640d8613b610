import { ArrowDown, ArrowUp, Ellipsis, Pencil, Trash2 } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { SavedView } from "../../../wire/protocol";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t, type Key } from "../../i18n";
import { may } from "../../state/session";
import { deleteView, fetchViews, moveView, saveView, views, viewsError } from "../../state/views";
import { done } from "../../state/toasts";
import { Menu, type MenuItem } from "../../ui/menu";
import { Skeleton, Trouble } from "../../ui/state";
import { FILTERS } from "../../state/query";
import { ViewEditor } from "./keep";
import { Count, pathOf } from "./strip";

/** What stands here before anything is asked: the views that are kept, and what can be asked. */
export function Kept({ onText }: { onText: (text: string) => void }) {
  useEffect(() => void fetchViews(), []);
  const all = views.value;
  return (
    <>
      {all === null && (viewsError.value ? <Trouble message={viewsError.value} retry={() => void fetchViews()} /> : <Skeleton kind="row" lines={3} />)}
      {all && all.length > 0 && (
        <section class="views-kept">
          <h2>{t("views")}</h2>
          <ul>
            {all.map((v) => (
              <li key={v.id}>
                <ViewItem view={v} all={all} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <How onText={onText} />
    </>
  );
}

function ViewItem({ view, all }: { view: SavedView; all: readonly SavedView[] }) {
  const [editing, edit] = useState(false);
  const kind = all.filter((v) => v.shared === view.shared);
  const mine = !view.shared || may("view.share");
  const items: MenuItem[] = [
    { id: "edit", label: t("view_edit"), icon: <Pencil size={16} />, run: () => setTimeout(() => edit(true), 30) },
    ...(kind[0] !== view ? [{ id: "up", label: t("view_up"), icon: <ArrowUp size={16} />, run: () => void moveView(view, -1).catch(explain) }] : []),
    ...(kind.at(-1) !== view ? [{ id: "down", label: t("view_down"), icon: <ArrowDown size={16} />, run: () => void moveView(view, 1).catch(explain) }] : []),
    { id: "delete", label: t("view_delete"), icon: <Trash2 size={16} />, danger: true, divide: true, run: () => void remove(view) },
  ];
  return (
    <div class="view-kept">
      <a href={pathOf(view)} class="grow">
        <bdi class="view-name">{view.name}</bdi>
        <code dir="auto">{view.query}</code>
        {view.problem && <span class="field-error">{view.problem}</span>}
      </a>
      {view.shared && <span class="tag">{t("view_team")}</span>}
      <Count view={view} />
      {mine && (
        <Menu label={t("view_menu", { name: view.name })} items={items}>
          <Ellipsis size={18} />
        </Menu>
      )}
      {editing && <ViewEditor title={t("view_edit")} text={view} id={view.id} onClose={() => edit(false)} />}
    </div>
  );
}

/** A private view comes back with one key; the team's is asked about first. */
async function remove(view: SavedView): Promise<void> {
  if (view.shared && !(await ask({ title: t("view_delete_ask", { name: view.name }), body: t("view_delete_all"), yes: t("view_delete"), danger: true }))) return;
  try {
    await deleteView(view.id);
    done(t("view_gone", { name: view.name }), view.shared ? undefined : () => void saveView(view).catch(explain));
  } catch (err) {
    explain(err);
  }
}

const EXAMPLES = ["late parcel", `"say it back"`, "refund from:customer after:7d", "mood:upset state:open", "in:note has:file"];

/** What can be asked, with examples that can be tried. */
function How({ onText }: { onText: (text: string) => void }) {
  return (
    <section class="how">
      <h2>{t("search_how")}</h2>
      <p class="quiet">{t("search_how_words")}</p>
      <ul class="examples">
        {EXAMPLES.map((e) => (
          <li key={e}>
            <button type="button" class="chip-add" onClick={() => onText(e)}>
              <code dir="ltr">{e}</code>
            </button>
          </li>
        ))}
      </ul>
      <dl class="filters">
        {FILTERS.map((f) => (
          <div key={f}>
            <dt>
              <code dir="ltr">{f}:</code>
            </dt>
            <dd>{t(`filter_${f}` as Key)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
