import type { ComponentChildren } from "preact";
import { createPortal } from "preact/compat";

/** Puts its children at the end of the page, above everything. (The adapter's own needs a global React.) */
export function Portal({ children }: { children: ComponentChildren }) {
  return createPortal(<>{children}</>, document.getElementById("floats") ?? document.body);
}
