import * as tooltip from "@zag-js/tooltip";
import { mergeProps, normalizeProps, useMachine } from "@zag-js/preact";
import { cloneElement, type VNode } from "preact";
import { useEffect, useId } from "preact/hooks";
import { dir } from "./dir";
import { Keys } from "./keys";
import { Portal } from "./portal";

/** A word or two about a control, on hover and on focus, with its keys. */
export function Tip({ label, keys, children }: { label: string; keys?: string; children: VNode<Record<string, unknown>> }) {
  const service = useMachine(tooltip.machine, { id: useId(), dir: dir(), openDelay: 350, closeDelay: 60, closeOnEscape: false, positioning: { placement: "top", gutter: 6 } });
  const api = tooltip.connect(service, normalizeProps);
  // Esc closes what the button stands in as well: the machine's own way would keep the key to itself.
  useEffect(() => {
    if (!api.open) return;
    const escape = (e: KeyboardEvent) => e.key === "Escape" && api.setOpen(false);
    document.addEventListener("keydown", escape, true);
    return () => document.removeEventListener("keydown", escape, true);
  }, [api.open]);
  return (
    <>
      {cloneElement(children, mergeProps(api.getTriggerProps() as Record<string, unknown>, children.props))}
      {api.open && (
        <Portal>
          <div {...api.getPositionerProps()} class="float">
            <div {...api.getContentProps()} class="tip">
              {label}
              {keys && <Keys keys={keys} />}
            </div>
          </div>
        </Portal>
      )}
    </>
  );
}
