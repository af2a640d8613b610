import * as dialog from "@zag-js/dialog";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../i18n";
import { dir } from "./dir";
import { Portal } from "./portal";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  /** The title is for screen readers only. */
  bare?: boolean;
  size?: "small" | "medium" | "large" | "palette";
  role?: "dialog" | "alertdialog";
  description?: string;
  initialFocus?: () => HTMLElement | null;
  children: ComponentChildren;
}

/** A window above the page: focus stays inside, Esc closes, focus goes back where it was. */
export function Dialog(props: Props) {
  const service = useMachine(dialog.machine, {
    id: useId(),
    dir: dir(),
    open: props.open,
    role: props.role ?? "dialog",
    onOpenChange: (d) => !d.open && props.onClose(),
    ...(props.initialFocus ? { initialFocusEl: props.initialFocus } : {}),
  });
  const api = dialog.connect(service, normalizeProps);
  if (!api.open) return null;
  return (
    <Portal>
      <div {...api.getBackdropProps()} class="backdrop" />
      <div {...api.getPositionerProps()} class="dialog-place">
        <div {...api.getContentProps()} class={`dialog dialog-${props.size ?? "medium"}`}>
          <h2 {...api.getTitleProps()} class={props.bare ? "sr" : "dialog-title"}>
            {props.title}
          </h2>
          {props.description && (
            <p {...api.getDescriptionProps()} class="dialog-text">
              {props.description}
            </p>
          )}
          {props.children}
          {!props.bare && (
            <button {...api.getCloseTriggerProps()} class="icon-button dialog-close" aria-label={t("close_dialog")}>
              <X size={16} />
            </button>
          )}
        </div>
      </div>
    </Portal>
  );
}
