import { signal } from "@preact/signals";
import { cloneElement, type VNode } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Keys } from "./keys";
import { Portal } from "./portal";

interface Shown {
  of: HTMLElement;
  label: string;
  keys: string | undefined;
}

/** Nobody wants to read it who only passes by; who goes from one control to the next wants it at once. */
const OPEN_MS = 350;
/** Long enough to get onto the bubble, where one may want to read in peace. */
const CLOSE_MS = 120;
const GAP = 6;
const EDGE = 8;

const shown = signal<Shown | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

function show(next: Shown | null, ms: number): void {
  clearTimeout(timer);
  // The control may have gone by then.
  if (ms > 0) timer = setTimeout(() => (shown.value = next?.of.isConnected ? next : null), ms);
  else shown.value = next;
}
const hide = () => show(null, 0);
const leave = () => show(null, CLOSE_MS);

type Handler = (e: Event & { currentTarget: HTMLElement }) => void;

/**
 * A word or two about a control, on hover and on focus, with its keys. There is one bubble for all of
 * them: a machine of its own for each button of a screen took longer than the screen.
 */
export function Tip({ label, keys, children }: { label: string; keys?: string; children: VNode<Record<string, unknown>> }) {
  const control = useRef<HTMLElement | null>(null);
  const about = (of: HTMLElement): Shown => ({ of: (control.current = of), label, keys });
  useEffect(() => {
    if (shown.peek()?.of === control.current && control.current) show(about(control.current), 0);
  }, [label, keys]);
  useEffect(() => () => void (shown.peek()?.of === control.current && hide()), []);

  const also = (name: string, does: Handler): Record<string, Handler> => {
    const own = children.props[name] as Handler | undefined;
    return { [name]: (e) => (does(e), own?.(e)) };
  };
  return cloneElement(children, {
    ...also("onPointerEnter", (e) => (e as PointerEvent & typeof e).pointerType !== "touch" && show(about(e.currentTarget), shown.peek() ? 0 : OPEN_MS)),
    ...also("onPointerLeave", leave),
    ...also("onPointerDown", hide),
    ...also("onFocus", (e) => e.currentTarget.matches(":focus-visible") && show(about(e.currentTarget), 0)),
    ...also("onBlur", hide),
  });
}

/** Stands once on the page, and shows what the control under the pointer or with the focus is for. */
export function TipBubble() {
  const tip = shown.value;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (tip && box.current) place(box.current, tip.of);
  }, [tip]);
  useEffect(() => {
    if (!tip) return;
    const described = tip.of.getAttribute("aria-describedby");
    tip.of.setAttribute("aria-describedby", "tip");
    // The key goes on to what the control stands in, which Esc closes as well.
    const escape = (e: KeyboardEvent) => e.key === "Escape" && hide();
    document.addEventListener("keydown", escape, true);
    document.addEventListener("scroll", hide, true);
    return () => {
      if (described === null) tip.of.removeAttribute("aria-describedby");
      else tip.of.setAttribute("aria-describedby", described);
      document.removeEventListener("keydown", escape, true);
      document.removeEventListener("scroll", hide, true);
    };
  }, [tip]);
  if (!tip) return null;
  return (
    <Portal>
      <div ref={box} id="tip" role="tooltip" class="tip" onPointerEnter={() => clearTimeout(timer)} onPointerLeave={leave}>
        {tip.label}
        {tip.keys && <Keys keys={tip.keys} />}
      </div>
    </Portal>
  );
}

/** Above the control and centred, below it where there is no room, within the window. */
function place(box: HTMLElement, of: HTMLElement): void {
  const at = of.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const above = at.top - height - GAP;
  box.style.top = `${above < EDGE ? at.bottom + GAP : above}px`;
  box.style.left = `${Math.max(EDGE, Math.min(at.left + (at.width - width) / 2, innerWidth - width - EDGE))}px`;
}
