import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons";

interface Props {
  /** Name of the button, and of what it opens. */
  label: string;
  icon: IconName;
  role: "menu" | "group";
  className: string;
  /** Items in a row, for the arrow keys. */
  columns?: number;
  children: (close: () => void) => ComponentChildren;
}

/** How far an arrow key moves among the items; sideways follows the direction of the language. */
function step(key: string, columns: number): number {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  return { ArrowDown: columns, ArrowUp: -columns, [forward]: 1, [backward]: -1 }[key] ?? 0;
}

/** A button and the small surface that it opens: arrows move, Esc and a press elsewhere close, focus returns. */
export function Popover({ label, icon, role, className, columns = 1, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>(".surface button") ?? [])];
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    items()[0]?.focus();
    const outside = (e: Event) => (e.target instanceof Node && root.current?.contains(e.target)) || setOpen(false);
    addEventListener("pointerdown", outside);
    addEventListener("blur", outside);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("blur", outside);
    };
  }, [open]);
  const onKey = (e: KeyboardEvent) => {
    if (e.key === "Escape") close();
    else if (e.key === "Tab") setOpen(false);
    else {
      const all = items();
      const at = all.indexOf(document.activeElement as HTMLElement);
      const to = e.key === "Home" ? 0 : e.key === "End" ? all.length - 1 : at + step(e.key, columns);
      if (to === at) return;
      e.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
    }
    e.stopPropagation();
  };
  return (
    <div class={`popover ${className}`} ref={root}>
      <button
        ref={button} type="button" class="round" title={label} aria-label={label}
        aria-haspopup={role === "menu" ? "menu" : "true"} aria-expanded={open} onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
      </button>
      {open && (
        <div class="surface" role={role} aria-label={label} tabIndex={-1} onKeyDown={onKey}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
