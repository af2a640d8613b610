import type { ComponentChildren, InputHTMLAttributes, PartialInputHTMLAttributes, TextareaHTMLAttributes } from "preact";
import { useId } from "preact/hooks";

interface Props {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  /** Gets the ids that tie label, hint and error to the control. */
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean }) => ComponentChildren;
}

/** A labelled control with its hint and its error. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const about = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {children({ id, ...(about ? { "aria-describedby": about } : {}), ...(error ? { "aria-invalid": true } : {}) })}
      {hint && (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <div class="field-error" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

type InputProps = Omit<PartialInputHTMLAttributes<HTMLInputElement>, "label"> & {
  type?: "text" | "email" | "password";
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  onValue: (value: string) => void;
};

export function TextField({ label, hint, error, onValue, type = "text", ...rest }: InputProps) {
  const attributes = { ...rest, type } as InputHTMLAttributes<HTMLInputElement>;
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <input {...attributes} {...ids} class="input" onInput={(e) => onValue(e.currentTarget.value)} />}
    </Field>
  );
}

type AreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "label"> & {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  onValue: (value: string) => void;
};

export function TextArea({ label, hint, error, onValue, ...rest }: AreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <textarea rows={3} {...rest} {...ids} class="input" dir="auto" onInput={(e) => onValue(e.currentTarget.value)} />}
    </Field>
  );
}

/** A choice that takes effect at once. */
export function Switch({ label, hint, checked, onChange, disabled }: { label: string; hint?: string; checked: boolean; disabled?: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  return (
    <div class="switch-row">
      <label class="grow" for={id}>
        <span class="field-label">{label}</span>
        {hint && <span class="field-hint">{hint}</span>}
      </label>
      <input id={id} type="checkbox" role="switch" class="switch" aria-checked={checked} checked={checked} disabled={disabled} onChange={(e) => onChange(e.currentTarget.checked)} />
    </div>
  );
}

/** One of a few, side by side. */
export function Choice<T extends string>({ label, value, options, onChange, disabled }: { label: string; value: T; options: { value: T; label: string }[]; onChange: (value: T) => void; disabled?: boolean }) {
  const name = useId();
  return (
    <fieldset class="choice" disabled={disabled}>
      <legend class="field-label">{label}</legend>
      <div class="choice-row">
        {options.map((o) => (
          <label key={o.value} class={`choice-option ${o.value === value ? "on" : ""}`}>
            <input class="sr" type="radio" name={name} checked={o.value === value} onChange={() => onChange(o.value)} />
            {o.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
