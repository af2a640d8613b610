import * as site from "./config";
import { emit, off, on, once } from "./events";
import { consents, keep, read } from "./kept";
import { watchAddress } from "./page";
import * as panel from "./panel";
import type { Settings, TokenSource } from "./port";

/** Commands that came before the configuration. */
let waiting: (() => void)[] = [];
/** Takes our listeners off the page. */
let stop = new AbortController();

const watch = (target: EventTarget, name: string, fn: (e: Event) => void) => target.addEventListener(name, fn, stop);
const whenReady = (fn: () => void) => (site.config ? fn() : void waiting.push(fn));

const boot = (settings: Settings = {}): void => {
  leave();
  stop = new AbortController();
  site.configure(settings);
  panel.setToken(site.settings.token);
  site.addAttributes(site.settings.attributes);
  if ((document as Document & { prerendering?: boolean }).prerendering) watch(document, "prerenderingchange", () => site.ask());
  else site.ask();
};

/** Takes everything off the page; what the browser keeps stays, as on any leave. */
const leave = (): void => {
  stop.abort();
  panel.notice(0, false);
  panel.remove();
  site.forget();
};

const shutdown = (): void => {
  leave();
  waiting = [];
};

/** The configuration has come for the first time, or changed. */
export const changed = (first: boolean): void => {
  panel.rebuild();
  if (!first) return;
  listen();
  for (const fn of waiting.splice(0)) fn();
  emit("ready", state());
};

const listen = () => {
  watch(document, "click", (e) => {
    const { openOn } = site.settings;
    if (!(e.target as Element).closest(`[data-rapport-open]${openOn ? `,${openOn}` : ""}`)) return;
    e.preventDefault();
    panel.open();
  });
  watch(document, "visibilitychange", () => {
    site.askIfOld();
    if (!document.hidden) panel.notice(panel.unread, false);
  });
  watch(visualViewport!, "resize", panel.fit);
  watch(visualViewport!, "scroll", panel.fit);
  watchAddress(watch, () => {
    emit("page", panel.here());
    if (panel.tellsPages()) panel.send({ t: "page", page: panel.here() });
  });
  const timer = setInterval(site.askIfOld, 30_000);
  // Who has talked before hears of news without opening; the page's own work comes first.
  const soon = read() || site.settings.token ? setTimeout(panel.hand, 300) : 0;
  // The one clears the other's as well.
  stop.signal.onabort = () => [timer, soon].forEach(clearInterval);
};

export const state = () => ({
  ready: !!site.config,
  open: panel.opened,
  visible: panel.visible(),
  unread: panel.unread,
  status: site.status,
  locale: site.locale(),
  attributes: site.attributes,
  /** Whether page and visitor let others know where they are. */
  tells: site.settings.trackPages !== false && consents(),
});

const update = (values: Record<string, unknown>) => panel.send({ t: "attributes", attributes: site.addAttributes(values) });

/** The JavaScript API. */
export const commands = {
  boot,
  shutdown,
  on,
  once,
  off,
  update,
  /** false: the focus stays where it is. */
  open: (focus?: unknown) => whenReady(() => panel.open(focus !== false)),
  close: panel.close,
  toggle: () => whenReady(panel.toggle),
  show: () => panel.setVisible(true),
  hide: () => panel.setVisible(false),

  identify({ token, ...values }: { token?: TokenSource } & Record<string, unknown> = {}): void {
    if (token) panel.setToken(token);
    whenReady(() => void panel.hand(values));
  },

  reset(): void {
    panel.setToken();
    site.clearAttributes();
    keep(null);
    panel.send({ t: "reset" });
  },

  /** Shown to agents beside the customer, as the last time that this happened; the last ten names are. */
  track(name: string, props: Record<string, unknown> = {}): void {
    const said = Object.entries(props).map((pair) => pair.join(": "));
    update({ [`event:${name}`]: said.join(", ") || new Date().toJSON() });
  },

  /** Opens with this text; sends it only right after something the person did. */
  message(text: string, { send = false } = {}): void {
    const meant = send && navigator.userActivation.isActive;
    whenReady(() => {
      panel.open();
      panel.send({ t: "message", text, send: meant });
    });
  },

  locale(tag: string): void {
    site.configure({ locale: tag });
    if (site.config) site.ask();
  },

  consent(allowed: boolean): void {
    const kept = read();
    site.configure({ consent: allowed });
    keep(kept);
    panel.send({ t: "consent", on: consents() });
  },
};
