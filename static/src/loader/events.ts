import type { EventName } from "./port";

type Listener = (detail: unknown) => void;

let listeners: [name: string, fn: Listener, once?: boolean][] = [];

export const on = (name: string, fn: Listener): void => void listeners.push([name, fn]);
export const once = (name: string, fn: Listener): void => void listeners.push([name, fn, true]);

/** Without fn every listener of that name goes. */
export const off = (name: string, fn?: Listener): void => {
  listeners = listeners.filter(([n, f]) => n !== name || (fn && f !== fn));
};

/** Tells the page's listeners, and the document as a CustomEvent; a listener's error harms nobody else. */
export const emit = (name: EventName, detail?: unknown): void => {
  for (const [n, fn, single] of listeners) {
    if (n !== name) continue;
    if (single) off(n, fn);
    queueMicrotask(() => fn(detail));
  }
  document.dispatchEvent(new CustomEvent(`rapport:${name}`, { detail }));
};
