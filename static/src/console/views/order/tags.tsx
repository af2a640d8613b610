import { X } from "lucide-preact";
import type { Row } from "../../../wire/protocol";
import { t } from "../../i18n";
import { askAbout } from "../../state/order";
import { onEach, withoutTag } from "./deeds";

/** The tags of a conversation under its name, each with the way to take it off. */
export function Tags({ row }: { row: Row }) {
  if (!row.tags) return null;
  return (
    <ul class="head-tags" aria-label={t("tags")}>
      {row.tags.map((tag) => (
        <li key={tag.id || tag.name} class="tag">
          <button type="button" class="tag-name" onClick={() => askAbout("tag", [row.id])}>
            <bdi>{tag.name}</bdi>
          </button>
          <button type="button" class="tag-off" aria-label={t("tag_off", { name: tag.name })} onClick={() => void onEach([row.id], withoutTag(tag), { one: "untagged_one", many: "untagged_many" }, { tag: tag.name })}>
            <X size={11} />
          </button>
        </li>
      ))}
    </ul>
  );
}
