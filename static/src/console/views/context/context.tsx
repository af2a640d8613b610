import { PanelRightOpen, X } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { toggleContext } from "../../desk";
import { current, currentId } from "../../state/conversation";
import { contextOpen, room } from "../../state/room";
import { IconButton } from "../../ui/button";
import { Skeleton } from "../../ui/state";
import { Steps } from "../coach/steps";
import { Coach, Customer } from "./lazy";

/** Beside the thread: the coach, and below it the customer. */
export function Context() {
  const view = current.value?.view;
  if (!view) return <Skeleton lines={6} />;
  return (
    <div class="context" key={currentId.value}>
      <Coach id={currentId.value} view={view} />
      <Customer id={currentId.value} view={view} />
    </div>
  );
}

/** What is left of it where room is short or when folded: the five steps. */
export function ContextStrip() {
  const view = current.value?.view;
  return (
    <aside class="context-strip" aria-label={t("coach")}>
      <IconButton label={t("show_context")} keys="mod+." onClick={() => (room.value === "wide" ? toggleContext() : (contextOpen.value = true))}>
        <PanelRightOpen size={18} class="mirror" />
      </IconButton>
      {view && <Steps id={currentId.value} matter={view.matter} upright />}
    </aside>
  );
}

const close = () => (contextOpen.value = false);

/** Coach and customer over the page, where they have no pane of their own. */
export function ContextDrawer() {
  const drawer = useRef<HTMLElement>(null);
  // Before it is painted: Esc closes what is seen.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    drawer.current?.focus();
    const escape = (e: KeyboardEvent) => e.key === "Escape" && !e.defaultPrevented && close();
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("keydown", escape);
      before?.focus();
    };
  }, []);
  return (
    <>
      <div class="drawer-back" onClick={close} aria-hidden="true" />
      <aside ref={drawer} class="drawer" tabIndex={-1} aria-label={t("coach_and_customer")}>
        <div class="drawer-head">
          <span class="grow">{t("coach_and_customer")}</span>
          <IconButton label={t("close_dialog")} onClick={close}>
            <X size={18} />
          </IconButton>
        </div>
        <Context />
      </aside>
    </>
  );
}
