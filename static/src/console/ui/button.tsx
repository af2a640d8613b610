import type { ButtonHTMLAttributes, ComponentChildren, Ref } from "preact";
import { Tip } from "./tip";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: "plain" | "primary" | "danger" | "quiet" | "note";
  buttonRef?: Ref<HTMLButtonElement>;
  busy?: boolean;
  children?: ComponentChildren;
};

export function Button({ kind = "plain", buttonRef, busy, class: extra, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} ref={buttonRef ?? null} class={`button button-${kind} ${extra ?? ""}`} aria-busy={busy || undefined} disabled={rest.disabled || busy}>
      {children}
    </button>
  );
}

type IconButtonProps = ButtonProps & { label: string; keys?: string };

/** A button that shows only a picture; its name is in the tooltip and for screen readers. */
export function IconButton({ label, keys, children, class: extra, buttonRef, busy, kind, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} {...(keys ? { keys } : {})}>
      <button type="button" {...rest} ref={buttonRef ?? null} aria-label={label} disabled={rest.disabled || busy} class={`icon-button ${kind ? `icon-${kind}` : ""} ${extra ?? ""}`}>
        {children}
      </button>
    </Tip>
  );
}
