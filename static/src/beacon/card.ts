/** The card beside the launcher on which an agent's invitation stands. */
import type { PageInvitation } from "../wire/protocol-visitors";

/** In a tree of its own: the page's styles cannot reach it, nor a policy forbid it. */
const STYLES = `:host{all:initial;position:fixed;inset:auto var(--r,auto) calc(var(--b) + 72px) var(--l,auto);color-scheme:light dark;font:15px/1.45 system-ui}
section{box-sizing:border-box;width:min(320px,100vw - 32px);padding:16px;border-radius:16px;background:Canvas;color:CanvasText;box-shadow:0 0 0 1px #7776,0 12px 40px #0004}
b{display:block;font-size:13px}
small{display:block;width:fit-content;margin:0 0 8px;padding:2px 8px;border:1px dashed #777a;border-radius:8px;font-size:12px}
p{margin:4px 0 14px;white-space:pre-line;overflow-wrap:anywhere}
div{display:flex;flex-wrap:wrap;gap:8px}
button{min-height:44px;padding:0 16px;border:1px solid #7779;border-radius:22px;background:none;color:inherit;font:600 14px system-ui;cursor:pointer}
button:first-child{border-color:var(--c);background:var(--c);color:var(--i)}
button:hover{text-decoration:underline}
button:focus-visible{outline:3px solid CanvasText;outline-offset:2px}
@media (prefers-reduced-motion:no-preference){section{animation:o .2s}}
@keyframes o{from{opacity:0}}
@media print{:host{display:none!important}}`;

/** A dialog of the page's own, which nothing may cover. */
const BUSY = "dialog[open],[aria-modal=true]";

const make = (name: string, text = ""): HTMLElement => {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
};

/**
 * Puts the card beside the launcher and returns how it is taken away; nothing where it has no place
 * now. done: what was chosen. mark: what stands above it, where it is not for visitors.
 */
export function showCard({ from, text, words }: PageInvitation, done: (answer: boolean) => void, mark?: string): (() => void) | undefined {
  const launcher = document.querySelector<HTMLElement>("rapport-chat");
  if (!launcher || document.querySelector(BUSY)) return undefined;
  const host = make("rapport-invitation");
  host.style.cssText = launcher.style.cssText;
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
  const card = make("section");
  card.lang = words.lang;
  card.dir = words.dir;
  card.ariaLabel = words.from.replace("{name}", from);
  const said = make("span");
  said.role = "status";
  const row = make("div");
  const yes = make("button", words.answer);
  const no = make("button", words.close);
  yes.onclick = () => done(true);
  no.onclick = () => done(false);
  card.onkeydown = (e) => e.key === "Escape" && done(false);
  row.append(yes, no);
  if (mark) card.append(make("small", mark));
  card.append(said, row);
  root.append(card);
  launcher.after(host);
  // What comes into a place that is there already is read aloud.
  const line = make("p", text);
  line.dir = "auto";
  setTimeout(() => said.append(make("b", from), line), 50);
  return () => {
    const inside = root.activeElement;
    host.remove();
    // Only who was in the card is taken back to where the chat begins.
    if (inside) launcher.shadowRoot?.querySelector("button")?.focus();
  };
}
