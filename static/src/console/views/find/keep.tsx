import { BookmarkPlus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { ApiError } from "../../api";
import type { SavedView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { may } from "../../state/session";
import { saveView } from "../../state/views";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Switch, TextField } from "../../ui/field";

/** Keeps the search that is shown as a view; one that is kept already says so by its name above. */
export function Keep({ query, view }: { query: string; view: SavedView | undefined }) {
  const [open, show] = useState(false);
  if (!query || view) return null;
  return (
    <>
      <Button onClick={() => show(true)}>
        <BookmarkPlus size={16} /> {t("keep_search")}
      </Button>
      {open && <ViewEditor title={t("keep_search")} text={{ name: "", query, shared: false }} onClose={() => show(false)} />}
    </>
  );
}

interface Props {
  title: string;
  text: { name: string; query: string; shared: boolean };
  /** Of the view that is changed, "" for a new one. */
  id?: string;
  onClose: () => void;
}

/** Name, words, and who has it. */
export function ViewEditor({ title, text, id = "", onClose }: Props) {
  const [name, setName] = useState(text.name);
  const [query, setQuery] = useState(text.query);
  const [shared, share] = useState(text.shared);
  const [failure, fail] = useState<ApiError | null>(null);
  const [busy, work] = useState(false);
  const save = async (e: Event) => {
    e.preventDefault();
    work(true);
    try {
      await saveView({ name, query, shared }, id);
      done(t("view_kept", { name: name.trim() }));
      onClose();
    } catch (err) {
      fail(err as ApiError);
      work(false);
    }
  };
  const about = (field: string) => (failure?.field === field ? failure.message : undefined);
  return (
    <Dialog open onClose={onClose} title={title} size="small">
      <form class="view-form" onSubmit={(e) => void save(e)}>
        <TextField label={t("view_name")} value={name} maxLength={40} required onValue={setName} error={about("name")} />
        <TextField label={t("view_query")} value={query} maxLength={300} required onValue={setQuery} error={about("q")} dir="auto" />
        {may("view.share") && <Switch label={t("view_shared")} hint={t("view_shared_hint")} checked={shared} onChange={share} />}
        {failure && !about("name") && !about("q") && (
          <p class="field-error" role="alert">
            {failure.message}
          </p>
        )}
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
