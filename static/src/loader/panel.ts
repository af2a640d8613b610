import { addAttributes, attributes, config, noteStatus, query, server, settings, words } from "./config";
import { emit } from "./events";
import { consents, keep, read } from "./kept";
import * as launcher from "./launcher";
import { coverPage } from "./page";
import type { ToHost, ToPanel, TokenSource } from "./port";

export let opened = false;
export let visible = true;
export let unread = 0;
let frame: HTMLIFrameElement | undefined;
let port: MessagePort | undefined;
let draft = "";
let title = "";
let token: TokenSource | undefined;
let uncover: (() => void) | undefined;

export const send = (message: ToPanel): void => port?.postMessage(message);
export const here = () => ({ url: location.href, title: document.title });
export const tellsPages = (): boolean => config!.track_pages && settings.trackPages !== false && consents();
export const setToken = (source?: TokenSource): void => {
  token = source;
};

export const setVisible = (on: boolean): void => {
  visible = on;
  draw();
};

const full = () => matchMedia("(max-width:480px)").matches;
const draw = () => launcher.draw(opened, unread, visible);

/** Draws the launcher; a panel that was there is made anew, in the language of now. */
export const rebuild = (): void => {
  const [had, was] = [frame, opened];
  remove();
  launcher.makeLauncher();
  launcher.button!.onclick = () => (opened ? close() : open());
  draw();
  if (had) panel();
  if (was) open(false);
};

export const remove = (): void => {
  close();
  port?.close();
  launcher.removeLauncher();
  frame = port = undefined;
};

/**
 * Makes the hidden frame, once. What is sent before it listens is kept in order by the port;
 * nothing is ever posted to another origin than the server's.
 */
export const panel = (): HTMLIFrameElement => {
  if (frame) return frame;
  const element = (frame = document.createElement("iframe"));
  const { port1, port2 } = new MessageChannel();
  port = port1;
  port1.onmessage = (e) => receive(e.data);
  element.hidden = true;
  element.title = words.frame.replace("{site}", config!.name);
  element.src = `${server()}/panel${query()}`;
  element.onload = () => {
    element.onload = null;
    element.contentWindow!.postMessage("rapport", server(), [port2]);
  };
  launcher.root!.append(element);
  send({
    t: "init", kept: read(), consent: consents(), attributes, draft, color: settings.color, open: opened, full: full(),
    page: tellsPages() ? here() : null,
  });
  return element;
};

export const open = (focus = true): void => {
  const element = panel();
  element.hidden = false;
  if (focus) element.focus();
  if (!opened) {
    opened = true;
    uncover = full() ? coverPage(launcher.host!) : undefined;
    fit();
    draw();
    emit("open");
  }
  send({ t: "open", open: true, full: full(), focus });
};

export const close = (): void => {
  if (!opened) return;
  const inside = launcher.root!.activeElement === frame;
  opened = false;
  frame!.hidden = true;
  uncover?.();
  send({ t: "open", open: false, full: false, focus: false });
  draw();
  // Only who was inside the panel is taken back to the launcher.
  if (inside) launcher.button!.focus();
  emit("close");
};

/** A phone's keyboard shrinks and moves what can be seen; the panel follows. */
export const fit = (): void => {
  if (!opened) return;
  launcher.property("--h", `${visualViewport!.height}px`);
  launcher.property("--t", `${visualViewport!.offsetTop}px`);
};

const receive = (m: ToHost) => {
  if (m.t === "close") close();
  else if (m.t === "open") open(false);
  else if (m.t === "keep") keep(m.kept);
  else if (m.t === "read") send({ t: "kept", kept: read() });
  else if (m.t === "token") void hand();
  else if (m.t === "draft") draft = m.text;
  else if (m.t === "unread") notice(m.n, m.notice);
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
