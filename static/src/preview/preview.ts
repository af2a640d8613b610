/**
 * The page inside the console's preview: the real loader and the real panel, for a site with
 * settings that nobody has saved. It says to the console when both are drawn and whether the panel
 * stands open; what is written in it goes nowhere.
 */
import { showCard } from "../beacon/card";
import type { PageInvitation } from "../wire/protocol-visitors";
import type { FromPreview, PreviewCard } from "./talk";

type Rapport = ((command: string, ...args: unknown[]) => unknown) & { w: PageInvitation["words"] };

const asked = new URLSearchParams(location.search);
const root = document.documentElement;
const rapport = (window as unknown as { Rapport: Rapport }).Rapport;
const tell = (said: FromPreview["said"]): void => {
  const message: FromPreview = { rapport: asked.get("site")!, said };
  parent.postMessage(message, root.dataset["console"]!);
};
const panel = (): HTMLIFrameElement | null => document.querySelector("rapport-chat")?.shadowRoot?.querySelector("iframe:not([hidden])") ?? null;

/** What somebody tries to send stays where it is. */
function hold(page: Document): void {
  const stop = (e: Event): void => {
    e.preventDefault();
    e.stopImmediatePropagation();
    tell("held");
  };
  page.addEventListener("submit", stop, true);
  page.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.shiftKey && (e.target as Element).localName === "textarea") stop(e);
  }, true);
}

/** The panel is another document each time that the loader makes it. */
const held = new WeakSet<Document>();
function whenShown(then: () => void): void {
  const page = panel()?.contentDocument;
  if (!page?.querySelector(".panel")) return void setTimeout(whenShown, 30, then);
  if (!held.has(page)) {
    held.add(page);
    hold(page);
  }
  then();
}

let takeAway: (() => void) | undefined;
/** The very card that a page shows; its buttons open the chat, or take it away. */
function invite({ from, text }: PreviewCard): void {
  takeAway?.();
  rapport("close");
  const done = (yes: boolean): void => {
    takeAway?.();
    if (yes) rapport("open");
  };
  takeAway = text ? showCard({ from, text, words: rapport.w }, done) : undefined;
}
addEventListener("message", ({ data, origin, source }: MessageEvent<PreviewCard>) => {
  if (source === parent && origin === root.dataset["console"]) invite(data);
});

root.dataset["theme"] = asked.get("theme") ?? "light";
rapport("on", "ready", () => {
  if (asked.has("open")) rapport("open", false);
  else tell("ready");
});
rapport("on", "open", () => {
  tell("open");
  whenShown(() => tell("ready"));
});
rapport("on", "close", () => tell("close"));
rapport("boot", { site: asked.get("site"), locale: asked.get("locale"), consent: false, trackPages: false });
