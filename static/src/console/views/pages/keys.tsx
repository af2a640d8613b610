import { useState } from "preact/hooks";
import { commands, type Command } from "../../commands";
import { t } from "../../i18n";
import { choose, settings } from "../../state/settings";
import { Button } from "../../ui/button";
import { keySign } from "../../ui/keys";
import "../palette/dress";
import { Section } from "./page";

/** Keys that belong to the list or to the page whatever one chooses. */
const FIXED = new Set(["Enter", "Escape", "Shift+X"]);

/** Single letters, each to be changed or left out; pairs such as G Q stay as they are. */
export function OwnKeys() {
  const [clash, say] = useState("");
  const all = commands().filter((c) => c.own !== undefined && !c.own.includes(" ") && !FIXED.has(c.own));
  const take = (c: Command, key: string) => {
    const other = all.find((x) => x.id !== c.id && x.single === key && key !== "");
    say(other ? t("key_taken", { key: keySign(key), deed: other.label }) : "");
    if (!other) choose({ keys: { ...settings.value.keys, [c.id]: key } });
  };
  const changed = Object.keys(settings.value.keys).length > 0;
  return (
    <Section title={t("own_keys")} lead={t("own_keys_lead")}>
      <ul class="own-keys">
        {all.map((c) => (
          <li key={c.id}>
            <label class="own-key">
              <span class="grow">{c.label}</span>
              <input class="input own-key-field" value={c.single ? keySign(c.single) : ""} placeholder={t("key_none")} autocomplete="off" spellcheck={false} disabled={!settings.value.singleKeys} onKeyDown={(e) => pressed(e, (key) => take(c, key))} onInput={(e) => (e.currentTarget.value = c.single ? keySign(c.single) : "")} />
            </label>
          </li>
        ))}
      </ul>
      <p class="field-error" role="alert">
        {clash}
      </p>
      <div class="form-actions">
        <Button disabled={!changed} onClick={() => choose({ keys: {} })}>
          {t("keys_as_before")}
        </Button>
      </div>
    </Section>
  );
}

/** One letter, digit or sign is the new key; Backspace and Delete leave it out. What moves the focus still does. */
function pressed(e: KeyboardEvent, take: (key: string) => void): void {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.key === "Tab") return;
  const out = e.key === "Backspace" || e.key === "Delete";
  if (!out && (e.key.length !== 1 || e.key === " " || e.key.toLowerCase() === "g")) return;
  e.preventDefault();
  take(out ? "" : e.key.toLowerCase());
}
