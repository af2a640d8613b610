import * as combobox from "@zag-js/combobox";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { go as fuzzy } from "fuzzysort";
import { MessageSquare, ScrollText, Search, SquareTerminal } from "lucide-preact";
import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import { commands } from "../../commands";
import { t } from "../../i18n";
import { go, openConversation } from "../../nav";
import { currentId } from "../../state/conversation";
import { templates } from "../../state/guide";
import { rows } from "../../state/lists";
import { manages } from "../../state/session";
import { dir } from "../../ui/dir";
import { Dialog } from "../../ui/dialog";
import { Keys } from "../../ui/keys";
import { personName } from "../../words";
import { SECTIONS } from "../site/sections";
import { openSearch } from "../find/open";
import { insertTemplate } from "../thread/writing";
import "./dress";
import { paletteOpen } from "./open";

interface Entry {
  value: string;
  label: string;
  more: string;
  keys: string;
  icon: ComponentChildren;
  run: () => void;
}

/** Everything at one place: conversations, commands, templates, by a few letters. */
export default function Palette() {
  return (
    <Dialog open={paletteOpen.value} onClose={() => (paletteOpen.value = false)} title={t("palette")} bare size="palette">
      <Chooser />
    </Dialog>
  );
}

function Chooser() {
  const [query, setQuery] = useState("");
  const all = useMemo(entries, []);
  const found = useMemo(() => [...search(all, query), ...everywhere(query)], [all, query]);
  const choose = (value: string) => {
    if (!paletteOpen.peek()) return;
    const entry = found.find((x) => x.value === value);
    paletteOpen.value = false;
    // After the window has given the focus back, so that a command may take it.
    setTimeout(() => entry?.run(), 30);
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
    placeholder: t("palette_placeholder"),
    collection: combobox.collection({ items: found, itemToValue: (x) => x.value, itemToString: (x) => x.label }),
    onInputValueChange: (d) => d.reason === "input-change" && setQuery(d.inputValue),
    onValueChange: (d) => d.value[0] !== undefined && choose(d.value[0]),
  });
  const api = combobox.connect(service, normalizeProps);
  // Whoever types and presses Enter at once has the first, which is marked only a moment later.
  const chooseFirst = (e: KeyboardEvent) => e.key === "Enter" && !e.isComposing && !api.highlightedValue && found[0] && choose(found[0].value);
  return (
    <div {...api.getRootProps()}>
      <label {...api.getLabelProps()} class="sr">
        {t("palette")}
      </label>
      <div {...api.getControlProps()} class="palette-field">
        <input {...(api.getInputProps() as InputHTMLAttributes<HTMLInputElement>)} onKeyDownCapture={chooseFirst} class="palette-input" />
      </div>
      <div {...api.getContentProps()} role="presentation" aria-labelledby={undefined} class="palette-list">
        <div {...api.getListProps()} aria-label={t("palette")}>
        {found.map((item) => (
          <div key={item.value} {...api.getItemProps({ item })} class="palette-item">
            <span class="menu-icon">{item.icon}</span>
            <span class="palette-label">
              <bdi>{item.label}</bdi>
              {item.more && (
                <span class="quiet">
                  {" "}
                  <bdi>{item.more}</bdi>
                </span>
              )}
            </span>
            {item.keys && <Keys keys={item.keys} />}
          </div>
        ))}
        </div>
      </div>
      {found.length === 0 && <p class="palette-none">{t("nothing_found")}</p>}
    </div>
  );
}

function entries(): Entry[] {
  const talks = [...rows.value.values()].map((r) => ({
    value: "c:" + r.id,
    label: personName(r.person),
    more: r.last.text,
    keys: "",
    icon: <MessageSquare size={16} />,
    run: () => openConversation(r.id),
  }));
  const deeds = commands()
    .filter((c) => !c.quiet && (!c.when || c.when()))
    .map((c) => ({ value: "d:" + c.id, label: c.label, more: "", keys: c.single ?? c.chord ?? "", icon: <SquareTerminal size={16} />, run: c.run }));
  const settings = (manages.value ? SECTIONS : []).map((s) => ({
    value: "s:" + s.id,
    label: t("site_section", { title: t(s.title) }),
    more: t(s.about),
    keys: "",
    icon: s.icon,
    run: () => go("/site/" + s.id),
  }));
  const id = currentId.value;
  const words = id
    ? templates.value.map((x) => ({ value: "t:" + x.id, label: x.title, more: x.body.replace(/\s+/g, " "), keys: "", icon: <ScrollText size={16} />, run: () => insertTemplate(id, x) }))
    : [];
  return [...deeds, ...settings, ...talks, ...words];
}

/** The words searched for in all that was ever said. */
function everywhere(query: string): Entry[] {
  const words = query.trim();
  return words ? [{ value: "s:" + words, label: t("search_for", { words }), more: "", keys: "", icon: <Search size={16} />, run: () => openSearch(words) }] : [];
}

const SHOWN = 40;

function search(all: Entry[], query: string): Entry[] {
  if (!query.trim()) return all.slice(0, SHOWN);
  return fuzzy(query, all, { keys: ["label", "more"], limit: SHOWN, threshold: 0.25, scoreFn: (r) => Math.max(r[0]?.score ?? 0, (r[1]?.score ?? 0) * 0.7) }).map((r) => r.obj);
}
