import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualizerOptions } from "@tanstack/virtual-core";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

type Options = Pick<VirtualizerOptions<HTMLElement, HTMLElement>, "count" | "getScrollElement" | "estimateSize" | "getItemKey"> &
  Partial<VirtualizerOptions<HTMLElement, HTMLElement>>;

export type Virtual = Virtualizer<HTMLElement, HTMLElement>;

/** The list's window for Preact: renders again when it moves. */
export function useVirtual(options: Options): Virtual {
  const [, render] = useReducer((n: number) => n + 1, 0);
  const full = { observeElementRect, observeElementOffset, scrollToFn: elementScroll, ...options, onChange: () => render(undefined as never) };
  const [virtual] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(full));
  virtual.setOptions(full);
  // The two are what every adapter of this library calls.
  /* oxlint-disable no-underscore-dangle */
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  /* oxlint-enable no-underscore-dangle */
  return virtual;
}
