import * as combobox from "@zag-js/combobox";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { go as fuzzy } from "fuzzysort";
import { Check, Minus, Plus, Tag as TagIcon } from "lucide-preact";
import type { InputHTMLAttributes } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import type { Tag } from "../../../wire/protocol";
import { t } from "../../i18n";
import { rowOf } from "../../state/conversation";
import { askAbout } from "../../state/order";
import { may } from "../../state/session";
import { Button } from "../../ui/button";
import { dir } from "../../ui/dir";
import { Skeleton, Trouble } from "../../ui/state";
import type { Ask } from "./asked";
import { onEach, withoutTag, withTag } from "./deeds";
import { fetchTags, tagsFailed, useTags } from "./known";

/** A tag of the list, or the name that would become one. */
interface Choice extends Tag {
  fresh?: boolean;
  /** On how many of the meant conversations it is: all, some, none. */
  on: "all" | "some" | "none";
}

const SHOWN = 50;

/** Tags by a few letters: one that is on comes off, one that is not goes on, a new name is made. */
export function TagPicker({ ids, close }: Ask) {
  const all = useTags();
  if (!all) return tagsFailed.value ? <Trouble message={t("tags_failed")} retry={() => void fetchTags()} /> : <Skeleton kind="row" lines={3} />;
  return <Chooser all={all} ids={ids} close={close} />;
}

function Chooser({ all, ids, close }: Ask & { all: readonly Tag[] }) {
  const [query, setQuery] = useState("");
  const rows = ids.map(rowOf);
  const onHow = (id: string): Choice["on"] => {
    const n = rows.filter((r) => r?.tags?.some((x) => x.id === id)).length;
    return n === 0 ? "none" : n === rows.length ? "all" : "some";
  };
  const name = query.trim().replace(/^#+/, "").trim();
  const items = useMemo(() => choices(all, name, onHow), [all, name, ids]);
  const choose = (id: string) => {
    const choice = items.find((x) => x.id === id || (x.fresh && id === FRESH));
    if (!choice) return;
    close();
    const tag = { id: choice.fresh ? "" : choice.id, name: choice.name };
    if (choice.on === "all") void onEach(ids, withoutTag(tag), { one: "untagged_one", many: "untagged_many" }, { tag: tag.name });
    else void onEach(ids, withTag(tag), { one: "tagged_one", many: "tagged_many" }, { tag: tag.name });
  };
  const service = useMachine(combobox.machine, {
    id: useId(),
    dir: dir(),
    open: true,
    composite: false,
    disableLayer: true,
    autoFocus: true,
    inputBehavior: "autohighlight",
    selectionBehavior: "clear",
    placeholder: t("tag_placeholder"),
    collection: combobox.collection({ items, itemToValue: (x) => x.id, itemToString: (x) => x.name }),
    onInputValueChange: (d) => d.reason === "input-change" && setQuery(d.inputValue),
    onValueChange: (d) => d.value[0] !== undefined && choose(d.value[0]),
  });
  const api = combobox.connect(service, normalizeProps);
  return (
    <div {...api.getRootProps()} class="tag-picker">
      <label {...api.getLabelProps()} class="sr">
        {t("tag")}
      </label>
      <div {...api.getControlProps()}>
        <input {...(api.getInputProps() as InputHTMLAttributes<HTMLInputElement>)} class="input" maxLength={40} />
      </div>
      <div {...api.getContentProps()} role="presentation" aria-labelledby={undefined} class="tag-list">
        <div {...api.getListProps()} aria-label={t("tags")}>
          {items.map((item) => (
            <div key={item.id} {...api.getItemProps({ item })} class="palette-item">
              <span class="menu-icon">{item.fresh ? <Plus size={15} /> : item.on === "all" ? <Check size={15} /> : item.on === "some" ? <Minus size={15} /> : <TagIcon size={14} />}</span>
              <span class="palette-label">
                {item.fresh ? t("tag_make", { name: item.name }) : <bdi>{item.name}</bdi>}
                {item.on !== "none" && <span class="sr"> {t(item.on === "all" ? "tag_on" : "tag_on_some")}</span>}
              </span>
              {!item.fresh && <span class="quiet figures">{item.uses}</span>}
            </div>
          ))}
        </div>
      </div>
      {items.length === 0 && <p class="quiet tag-none">{t("tags_none")}</p>}
      {may("tag.keep") && all.length > 0 && (
        <Button kind="quiet" onClick={() => askAbout("tags", ids)}>
          {t("manage_tags_here")}
        </Button>
      )}
    </div>
  );
}

const FRESH = "new";

function choices(all: readonly Tag[], name: string, onHow: (id: string) => Choice["on"]): Choice[] {
  const found = name ? fuzzy(name, [...all], { key: "name", limit: SHOWN, threshold: 0.2 }).map((r) => r.obj) : [...all].sort((a, b) => b.uses - a.uses).slice(0, SHOWN);
  const out = found.map((x): Choice => ({ ...x, on: onHow(x.id) }));
  if (!name) return out.sort((a, b) => Number(b.on === "all") - Number(a.on === "all"));
  const known = all.some((x) => x.name.toLowerCase() === name.toLowerCase());
  return known || !may("tag.make") ? out : [...out, { id: FRESH, name, uses: 0, fresh: true, on: "none" }];
}
