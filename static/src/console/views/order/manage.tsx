import { Combine, Pencil, Trash2 } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Tag } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { site } from "../../state/session";
import { done } from "../../state/toasts";
import { Button, IconButton } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Field, TextField } from "../../ui/field";
import { Skeleton, Trouble } from "../../ui/state";
import { fetchTags, tagsFailed, useTags } from "./known";

type Deed = "rename" | "merge" | "delete";

/** The tags of the site with how often each is used, and what a supervisor can do to them. */
export function ManageTags() {
  const all = useTags();
  const [open, show] = useState<{ id: string; deed: Deed } | null>(null);
  if (!all) return tagsFailed.value ? <Trouble message={t("tags_failed")} retry={() => void fetchTags()} /> : <Skeleton kind="row" lines={3} />;
  if (all.length === 0) return <p class="quiet">{t("tags_none_yet")}</p>;
  return (
    <ul class="ask-usual tag-rows">
      {all.map((tag) => (
        <li key={tag.id}>
          <div class="tag-row">
            <bdi class="grow">{tag.name}</bdi>
            <span class="quiet">{t("tag_uses", { n: tag.uses })}</span>
            <IconButton class="small" label={t("tag_rename", { name: tag.name })} onClick={() => show({ id: tag.id, deed: "rename" })}>
              <Pencil size={14} />
            </IconButton>
            <IconButton class="small" label={t("tag_merge", { name: tag.name })} disabled={all.length < 2} onClick={() => show({ id: tag.id, deed: "merge" })}>
              <Combine size={14} />
            </IconButton>
            <IconButton class="small" label={t("tag_delete", { name: tag.name })} onClick={() => show({ id: tag.id, deed: "delete" })}>
              <Trash2 size={14} />
            </IconButton>
          </div>
          {open?.id === tag.id && <Change key={open.deed} tag={tag} all={all} deed={open.deed} close={() => show(null)} />}
        </li>
      ))}
    </ul>
  );
}

/** Asks for what a change needs, under the tag that it is about. */
function Change({ tag, all, deed, close }: { tag: Tag; all: readonly Tag[]; deed: Deed; close: () => void }) {
  const others = all.filter((x) => x.id !== tag.id);
  const [name, write] = useState(tag.name);
  const [into, choose] = useState(others[0]?.id ?? "");
  const work = useWork();
  const place = `sites/${site.value?.id}/tags/${tag.id}`;
  const deeds: Record<Deed, { yes: string; run: () => Promise<unknown> }> = {
    rename: { yes: t("save"), run: () => api.patch(place, { name }) },
    merge: { yes: t("tag_merge_yes"), run: () => api.post(`${place}/merge`, { into }) },
    delete: { yes: t("tag_delete_yes"), run: () => api.remove(place) },
  };
  const save = async () => {
    await deeds[deed].run();
    await fetchTags();
    done(t("tags_saved"));
    close();
  };
  return (
    <form
      class="tag-change"
      onSubmit={(e) => {
        e.preventDefault();
        work.run(save);
      }}
    >
      {deed === "rename" && <TextField label={t("tag_name")} maxLength={40} required value={name} onValue={write} error={work.error} />}
      {deed === "merge" && (
        <Field label={t("tag_into")} hint={t("tag_into_hint", { name: tag.name })} error={work.error}>
          {(ids) => (
            <select {...ids} class="input select" value={into} onChange={(e) => choose(e.currentTarget.value)}>
              {others.map((x) => (
                <option key={x.id} value={x.id}>
                  {x.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {deed === "delete" && (
        <p class="quiet" role={work.error ? "alert" : undefined}>
          {work.error || t("tag_delete_sure", { n: tag.uses })}
        </p>
      )}
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        <Button kind={deed === "delete" ? "danger" : "primary"} type="submit" busy={work.busy}>
          {deeds[deed].yes}
        </Button>
      </div>
    </form>
  );
}
