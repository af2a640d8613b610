import * as popover from "@zag-js/popover";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { dir } from "./dir";
import { Portal } from "./portal";

interface Props {
  label: string;
  trigger: ComponentChildren;
  class?: string;
  /** It stands open from the beginning. */
  defaultOpen?: boolean;
  placement?: "top-start" | "bottom-start" | "bottom-end" | "top-end";
  /** Gets the way to close it. */
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small window beside it. */
export function Popover({ label, trigger, class: extra, placement = "top-start", defaultOpen = false, children }: Props) {
  const service = useMachine(popover.machine, { id: useId(), dir: dir(), defaultOpen, positioning: { placement, gutter: 6 } });
  const api = popover.connect(service, normalizeProps);
  return (
    <>
      <button {...api.getTriggerProps()} class={extra ?? "icon-button"} aria-label={label} title={label}>
        {trigger}
      </button>
      {api.open && (
        <Portal>
          <div {...api.getPositionerProps()} class="float">
            <div {...api.getContentProps()} class="popover" aria-label={label}>
              {children(() => api.setOpen(false))}
            </div>
          </div>
        </Portal>
      )}
    </>
  );
}
