import { addAttributes, ask, attributes, config, configure, noteStatus, query, server, settings, words } from "./config";
import { emit } from "./events";
import { consents, keep, read } from "./kept";
import * as launcher from "./launcher";
import { coverPage } from "./page";
import type { ToHost, ToPanel, TokenSource } from "./port";

export let opened = false;
export let unread = 0;
let frame: HTMLIFrameElement | undefined;
let port: MessagePort | undefined;
/** The panel in the frame has said something: until then it may be an error page. */
let alive = false;
/** The opening takes the focus, now or when the panel is there. */
let wantsFocus = false;
let draft = "";
let title = "";
let token: TokenSource | undefined;
let uncover: (() => undefined) | undefined;

export const send = (message: ToPanel): void => port?.postMessage(message);
const tell = (focus: boolean) => send({ t: "open", open: opened, full: !!uncover, focus });
export const here = () => ({ url: location.href, title: document.title });
export const tellsPages = (): boolean => config!.track_pages && settings.trackPages !== false && consents();
export const setToken = (source?: TokenSource): void => {
  token = source;
};

/** What the page says of the launcher counts before what the site's owner says. */
export const visible = (): boolean => !(settings.hideLauncher ?? config?.hidden);

export const setVisible = (on: boolean): void => {
  configure({ hideLauncher: !on });
  draw();
};

const full = () => matchMedia("(max-width:480px)").matches;
const draw = () => launcher.draw(opened, unread, visible());

/** Draws the launcher; a panel that was there is made anew, in the language of now, and whoever was in it is again. */
export const rebuild = (): void => {
  const [had, was, inside] = [frame, opened, alive ? launcher.root!.activeElement === frame : wantsFocus];
  remove();
  launcher.makeLauncher();
  launcher.button!.onclick = toggle;
  draw();
  if (had) panel();
  if (was) open(inside);
};

const drop = () => {
  close();
  port?.close();
  frame?.remove();
  frame = port = undefined;
  alive = false;
};

export const remove = (): void => {
  drop();
  launcher.removeLauncher();
};

/**
 * Makes the hidden frame, once. What is sent before it listens is kept in order by the port;
 * nothing is ever posted to another origin than the server's.
 */
export const panel = (): void => {
  if (frame) return;
  const element = (frame = document.createElement("iframe"));
  const { port1, port2 } = new MessageChannel();
  port = port1;
  port1.onmessage = (e) => receive(e.data);
  // A panel that does not answer is no panel: the page stays as it was, and the next opening tries again.
  const giveUp = () => {
    if (alive || frame !== element) return;
    drop();
    emit("error", { code: "panel" });
  };
  element.hidden = true;
  element.title = words.frame.replace("{site}", config!.name);
  element.src = `${server()}/panel${query()}`;
  element.onload = () => {
    element.onload = null;
    setTimeout(giveUp, 4_000);
    element.contentWindow!.postMessage("rapport", server(), [port2]);
  };
  // Not every browser says that a page could not be loaded.
  setTimeout(giveUp, 30_000);
  launcher.root!.append(element);
  send({
    t: "init", kept: read(), consent: consents(), attributes, draft, color: settings.color, full: full(),
    page: tellsPages() ? here() : null,
  });
};

export const open = (focus = true): void => {
  if (!frame) void hand();
  wantsFocus = focus;
  if (!opened) {
    opened = true;
    draw();
    emit("open");
  }
  if (alive) show();
};

/** The panel takes its place; until it is there nothing is covered and the launcher closes what was opened. */
const show = () => {
  frame!.hidden = false;
  if (wantsFocus) frame!.focus();
  fit();
  tell(wantsFocus);
};

export const close = (): void => {
  if (!opened) return;
  const inside = launcher.root!.activeElement === frame;
  opened = false;
  frame!.hidden = true;
  uncover = uncover?.();
  tell(false);
  draw();
  // Only who was inside the panel is taken back to the launcher.
  if (inside) launcher.button!.focus();
  emit("close");
};

export const toggle = (): void => (opened ? close() : open());

/** A phone's keyboard shrinks and moves what can be seen, and turned it may be wide; the panel follows. */
export const fit = (): void => {
  if (!opened || !alive) return;
  launcher.property("--h", `${visualViewport!.height}px`);
  launcher.property("--t", `${visualViewport!.offsetTop}px`);
  if (full() === !!uncover) return;
  uncover = uncover ? uncover() : coverPage(launcher.host!);
  tell(false);
};

const receive = (m: ToHost) => {
  if (!alive) {
    alive = true;
    if (opened) show();
  }
  if (m.t === "close") close();
  else if (m.t === "open") open(false);
  else if (m.t === "keep") keep(m.kept);
  else if (m.t === "read") send({ t: "kept", kept: read() });
  else if (m.t === "token") void hand();
  else if (m.t === "draft") draft = m.text;
  else if (m.t === "unread") notice(m.n, m.notice);
  else if (m.t === "changed") ask(`&${Date.now()}`);
  else if (m.name === "status") noteStatus(m.detail as string);
  else emit(m.name, m.detail);
};

/** Hands the signed identity to the panel; a function is asked each time. */
export const hand = async (more?: Record<string, unknown>): Promise<void> => {
  addAttributes(more);
  panel();
  try {
    const signed = typeof token === "function" ? await token() : token;
    if (signed || more) send({ t: "identify", token: signed || "", attributes });
  } catch {
    emit("error", { code: "token" });
  }
};

/** n messages wait; inTitle: the tab's title may say so while nobody looks at it. */
export const notice = (n: number, inTitle: boolean): void => {
  const changed = n !== unread;
  unread = n;
  if (title) document.title = title;
  title = n && inTitle && document.hidden ? document.title : "";
  if (title) document.title = `(${n}) ${title}`;
  draw();
  if (changed) emit("unread", n);
};
