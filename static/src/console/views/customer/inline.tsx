import { Pencil } from "lucide-preact";
import type { InputHTMLAttributes } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";

interface Props {
  label: string;
  value: string;
  placeholder: string;
  type?: "text" | "email";
  strong?: boolean;
  onSave: (value: string) => void;
}

/** A value that turns into a field when it is clicked: Enter or leaving keeps, Esc gives up. */
export function InlineEdit({ label, value, placeholder, type = "text", strong, onSave }: Props) {
  const [draft, edit] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const editing = draft !== null;
  // Before the next key: what is typed at once after the click belongs into the field.
  useLayoutEffect(() => input.current?.select(), [editing]);
  const finish = (keep: boolean) => {
    if (draft === null) return;
    if (keep && draft.trim() !== value) onSave(draft.trim());
    edit(null);
  };
  if (!editing) {
    return (
      <button ref={button} type="button" class={`inline ${strong ? "strong" : ""} ${value ? "" : "missing"}`} aria-label={t("change_field", { field: label, value: value || placeholder })} onClick={() => edit(value)}>
        <bdi>{value || placeholder}</bdi>
        <Pencil size={12} class="inline-sign" aria-hidden="true" />
      </button>
    );
  }
  const keyDown = (e: KeyboardEvent) => {
    if (e.isComposing || (e.key !== "Enter" && e.key !== "Escape")) return;
    e.preventDefault();
    e.stopPropagation();
    finish(e.key === "Enter");
    requestAnimationFrame(() => button.current?.focus());
  };
  const kind = { type } as InputHTMLAttributes<HTMLInputElement>;
  return <input ref={input} class="input inline-input" {...kind} dir="auto" value={draft} aria-label={label} onInput={(e) => edit(e.currentTarget.value)} onKeyDown={keyDown} onBlur={() => finish(true)} />;
}
