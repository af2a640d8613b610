import * as menu from "@zag-js/menu";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { dir } from "./dir";
import { Keys } from "./keys";
import { Portal } from "./portal";

export interface MenuItem {
  id: string;
  label: string;
  icon?: ComponentChildren;
  keys?: string;
  /** Said quietly behind it; "" for nothing. */
  note?: string;
  danger?: boolean;
  checked?: boolean;
  /** A line above this one. */
  divide?: boolean;
  run: () => void;
}
interface Props {
  label: string;
  items: MenuItem[];
  class?: string;
  placement?: "bottom-start" | "bottom-end" | "top-start" | "top-end" | "right-end";
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** A button that opens a list of things to do. */
export function Menu({ label, items, children, head, placement = "bottom-end", class: extra }: Props) {
  const service = useMachine(menu.machine, {
    id: useId(),
    dir: dir(),
    "aria-label": label,
    positioning: { placement, gutter: 4 },
    onSelect: ({ value }) => items.find((i) => i.id === value)?.run(),
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <>
      <button {...api.getTriggerProps()} aria-label={label} class={extra ?? "icon-button"}>
        {children}
      </button>
      {api.open && (
        <Portal>
          <div {...api.getPositionerProps()} class="float">
            <div {...api.getContentProps()} class="menu">
              {head}
              {items.map((item) => (
                <div key={item.id} {...api.getItemProps({ value: item.id })} class={`menu-item ${item.danger ? "danger" : ""} ${item.divide ? "divided" : ""}`}>
                  <span class="menu-icon">{item.icon}</span>
                  <span class="grow">{item.label}</span>
                  {item.note && <span class="quiet">{item.note}</span>}
                  {item.checked && <span aria-hidden="true">✓</span>}
                  {item.keys && <Keys keys={item.keys} />}
                </div>
              ))}
            </div>
          </div>
        </Portal>
      )}
    </>
  );
}
