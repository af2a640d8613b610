import type { ToHost, ToPanel } from "../loader/port";

/** Whether an origin is among a site's; an asterisk stands for whole labels at the front. */
export function originAllowed(allowed: readonly string[], origin: string): boolean {
  return allowed.some((a) => {
    if (a === origin) return true;
    const [scheme, rest] = a.split("://*.");
    return rest !== undefined && origin.startsWith(`${scheme}://`) && origin.endsWith(`.${rest}`) && origin.length > scheme!.length + rest.length + 4;
  });
}

/**
 * Waits for the loader's port: one message from the parent window, from an origin that the site
 * allows. Where the panel is a page of its own there is no host, and nothing to wait for.
 */
export function findHost(allowed: readonly string[], receive: (m: ToPanel) => void): (m: ToHost) => void {
  if (window.parent === window) {
    queueMicrotask(() => receive({ t: "init", kept: null, consent: true, attributes: {}, draft: "", page: null, color: undefined, open: true, full: true }));
    return () => {};
  }
  let port: MessagePort | null = null;
  addEventListener("message", (e) => {
    const trusted = e.source === window.parent && (e.origin === location.origin || originAllowed(allowed, e.origin));
    if (port || !trusted || e.data !== "rapport" || !e.ports[0]) return;
    port = e.ports[0];
    port.onmessage = (message) => receive(message.data as ToPanel);
  });
  return (m) => port?.postMessage(m);
}
