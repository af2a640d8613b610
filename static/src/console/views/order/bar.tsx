import { AlarmClock, Check, MailOpen, Tag, UserRoundPlus, X } from "lucide-preact";
import { t } from "../../i18n";
import { fetchList, list, pages, shown } from "../../state/lists";
import { askAbout, selected, selecting, unselect } from "../../state/order";
import { Button, IconButton } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { makeUnread, progress, stop } from "./deeds";

/** How many rows may be selected at once. */
const MOST = 500;

/** Above the rows while some are selected: how many, and what can be done to all of them. */
export function Bar() {
  const n = selected.value.length;
  const work = progress.value;
  if (n === 0 && !selecting.value) return null;
  return (
    <div class="bulk" role="toolbar" aria-label={t("bulk")}>
      <div class="bulk-line">
        <span class="grow" role="status">
          {work ? t("bulk_progress", { n: work.done, of: work.of }) : n === 0 ? t("bulk_none") : t("bulk_selected", { n })}
        </span>
        {work ? (
          <Button kind="quiet" onClick={stop}>
            {t("bulk_stop")}
          </Button>
        ) : (
          <SelectAll />
        )}
        <IconButton class="small" label={t("bulk_clear")} keys="Escape" disabled={!!work} onClick={unselect}>
          <X size={15} />
        </IconButton>
      </div>
      {work && <progress class="bulk-progress" value={work.done} max={work.of} aria-label={t("bulk")} />}
      {!work && n > 0 && (
        <div class="bulk-line bulk-deeds">
          <IconButton label={t("assign")} keys="a" onClick={() => askAbout("give")}>
            <UserRoundPlus size={17} />
          </IconButton>
          <IconButton label={t("tag")} keys="t" onClick={() => askAbout("tag")}>
            <Tag size={17} />
          </IconButton>
          <IconButton label={t("snooze")} keys="h" onClick={() => askAbout("snooze")}>
            <AlarmClock size={17} />
          </IconButton>
          <IconButton label={t("mark_unread")} keys="u" onClick={() => void makeUnread(selected.value)}>
            <MailOpen size={17} />
          </IconButton>
          <IconButton label={t("close_conversation")} keys="e" onClick={() => askAbout("close")}>
            <Check size={17} />
          </IconButton>
        </div>
      )}
    </div>
  );
}

/** Selects the whole list, fetching what is not held of it yet. */
function SelectAll() {
  const work = useWork();
  const rows = shown.value.rows;
  if (rows.every((r) => selected.value.includes(r.id))) return null;
  const all = async () => {
    const name = list.value;
    while (pages.value[name].next && shown.value.rows.length < MOST && list.value === name) {
      await fetchList(name, true);
      if (pages.value[name].status === "error") break;
    }
    selected.value = shown.value.rows.slice(0, MOST).map((r) => r.id);
  };
  return (
    <Button kind="quiet" busy={work.busy} onClick={() => work.run(all)}>
      {t("bulk_all")}
    </Button>
  );
}
