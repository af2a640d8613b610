import { Plus, X } from "lucide-preact";
import { t, type Key } from "../../i18n";
import { FILTERS, pieces, without, type Piece } from "../../state/query";
import { Menu } from "../../ui/menu";

/** The filters that stand in the field, each with a way to take it out, and those that may be added. */
export function Chips({ text, onText }: { text: string; onText: (text: string) => void }) {
  const chips = pieces(text).filter((p) => p.name && p.value);
  const add = (name: string) => {
    const field = document.querySelector<HTMLInputElement>(".search-field input");
    const words = `${text.trim()} ${name}:`.trim();
    if (!field) return;
    field.value = words;
    setTimeout(() => {
      field.focus();
      field.setSelectionRange(words.length, words.length);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, 30); // After the menu has given the focus back.
  };
  return (
    <ul class="chips" aria-label={t("search_filters")}>
      {chips.map((p) => (
        <li key={p.start} class="chip-filter">
          <span>{said(p)}</span>
          <button type="button" aria-label={t("remove_named", { name: said(p) })} onClick={() => onText(without(text, p))}>
            <X size={13} />
          </button>
        </li>
      ))}
      <li>
        <Menu
          label={t("add_filter")}
          class="chip-add"
          placement="bottom-start"
          items={FILTERS.filter((f) => f !== "has" && f !== "in").map((f) => ({ id: f, label: t(`filter_${f}` as Key), run: () => add(f) }))}
        >
          <Plus size={14} /> {t("add_filter")}
        </Menu>
      </li>
    </ul>
  );
}

/** "not from Maria", "step closing". */
function said(p: Piece): string {
  const words = `${t(`chip_${p.name}` as Key)} ${p.value}`;
  return p.not ? t("chip_not", { what: words }) : words;
}
