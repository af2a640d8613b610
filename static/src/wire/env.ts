/** What the wire client needs of its surroundings, so that tests can be the surroundings. */
export interface SocketLike {
  send(text: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((text: string) => void) | null;
  onclose: ((code: number) => void) | null;
}

export interface Env {
  connect(url: string): SocketLike;
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs fn once after ms; the returned function calls it off. */
  after(ms: number, fn: () => void): () => void;
  random(): number;
  /**
   * Tells of "wake" (back online, page visible or restored), "lost" (the browser says the network
   * is gone) and "leave" (the page may be frozen and must hold no socket). Returns the way to stop.
   */
  watch(fn: (what: "wake" | "lost" | "leave") => void): () => void;
}

function browserSocket(url: string): SocketLike {
  const ws = new WebSocket(url);
  const socket: SocketLike = {
    send: (text) => ws.send(text),
    close: (code) => ws.close(code),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  ws.onopen = () => socket.onopen?.();
  ws.onmessage = (e) => socket.onmessage?.(String(e.data));
  ws.onclose = (e) => socket.onclose?.(e.code);
  return socket;
}

function watchBrowser(fn: (what: "wake" | "lost" | "leave") => void): () => void {
  const stop = new AbortController();
  const on = (target: EventTarget, name: string, handler: (e: Event) => void) =>
    target.addEventListener(name, handler, { signal: stop.signal });
  on(window, "online", () => fn("wake"));
  on(window, "offline", () => fn("lost"));
  on(document, "visibilitychange", () => document.visibilityState === "visible" && fn("wake"));
  on(window, "pageshow", (e) => (e as PageTransitionEvent).persisted && fn("wake"));
  on(window, "pagehide", () => fn("leave"));
  return () => stop.abort();
}

/** The surroundings in a real browser. */
export const browserEnv: Env = {
  connect: browserSocket,
  now: () => Date.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
  watch: watchBrowser,
};
