import * as toast from "@zag-js/toast";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { CircleAlert, X } from "lucide-preact";
import { useId } from "preact/hooks";
import { t } from "../i18n";
import { dir } from "./dir";
import { room } from "../state/room";
import { lendNotes } from "../state/toasts";

// On a phone the foot of the screen is where one writes and chooses, so they stand below the head.
const phone = room.peek() === "narrow";
const offsets = phone ? { left: "8px", right: "8px", bottom: "8px", top: "64px" } : { left: "68px", right: "16px", bottom: "60px", top: "16px" };
const toaster = toast.createStore({ placement: phone ? "top" : "bottom-start", max: 3, gap: 8, overlap: false, offsets });

lendNotes((note) =>
  toaster.create({
    title: note.title,
    type: note.kind,
    duration: note.stay,
    ...(note.detail ? { description: note.detail } : {}),
    ...(note.undo ? { action: { label: t("undo"), onClick: note.undo } } : {}),
    onStatusChange: ({ status }) => status === "unmounted" && note.gone?.(),
  }),
);

type Parent = toast.Service & Parameters<typeof useMachine>[1];

function Toast({ options, index, parent }: { options: toast.Props; index: number; parent: Parent }) {
  const service = useMachine(toast.machine, { ...options, index, parent } as never);
  const api = toast.connect(service as never, normalizeProps);
  return (
    <div {...api.getRootProps()} class={`toast toast-${api.type}`}>
      {api.type === "error" && <CircleAlert size={16} class="toast-icon" />}
      <div class="grow">
        <div {...api.getTitleProps()} class="toast-title">
          {api.title as string}
        </div>
        {api.description && (
          <div {...api.getDescriptionProps()} class="toast-text">
            {api.description as string}
          </div>
        )}
      </div>
      {options.action && (
        <button {...api.getActionTriggerProps()} class="toast-action">
          {options.action.label}
        </button>
      )}
      <button {...api.getCloseTriggerProps()} class="icon-button small" aria-label={t("dismiss")}>
        <X size={14} />
      </button>
    </div>
  );
}

/** The notes at the edge of the screen, announced politely. */
export default function Toasts() {
  const service = useMachine(toast.group.machine, { id: useId(), dir: dir(), store: toaster });
  const api = toast.group.connect(service, normalizeProps);
  return (
    <div {...api.getGroupProps()} class="toasts">
      {api.getToasts().map((options, index) => (
        <Toast key={options.id} options={options as toast.Props} index={index} parent={service as never} />
      ))}
    </div>
  );
}
