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
 * allows; receive is told that origin with everything that comes. Where the panel is a page of its
 * own there is no host, nothing to wait for, and what is to be kept lasts as long as the page.
 */
export function findHost(allowed: readonly string[], receive: (m: ToPanel, origin: string) => void): (m: ToHost) => void {
  const { origin } = location;
  if (window.parent === window) return standAlone((m) => receive(m, origin));
  let port: MessagePort | null = null;
  addEventListener("message", (e) => {
    const trusted = e.source === window.parent && (e.origin === origin || originAllowed(allowed, e.origin));
    if (port || !trusted || e.data !== "rapport" || !e.ports[0]) return;
    port = e.ports[0];
    port.onmessage = (message) => receive(message.data as ToPanel, e.origin);
  });
  return (m) => port?.postMessage(m);
}

function standAlone(receive: (m: ToPanel) => void): (m: ToHost) => void {
  let kept: string | null = null;
  queueMicrotask(() => {
    receive({ t: "init", kept, consent: false, attributes: {}, draft: "", page: null, color: undefined, full: true });
    receive({ t: "open", open: true, full: true, focus: false });
  });
  return (m) => {
    if (m.t === "keep") kept = m.kept;
    if (m.t === "read") queueMicrotask(() => receive({ t: "kept", kept }));
  };
}
