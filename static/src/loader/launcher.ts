import { config, settings, words } from "./config";
import { inkOn } from "./contrast";
import { fold, styles } from "./styles";

/** What stands on the host page: our element, its shadow with the button, and later the frame. */
export let host: HTMLElement | undefined;
export let root: ShadowRoot | undefined;
export let button: HTMLButtonElement | undefined;
let path: Element;
let badge: HTMLElement;

export const property = (name: string, value: string | number): void => host!.style.setProperty(name, `${value}`);

const label = () => settings.label || config!.label;
const drawing = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name);

export const makeLauncher = (): void => {
  host = document.createElement("rapport-chat");
  root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const color = settings.color || config!.color;
  property("--c", color);
  property("--i", inkOn(color));
  property((settings.position || config!.position) === "left" ? "--l" : "--r", config!.side + "px");
  property("--b", config!.bottom + "px");
  property("z-index", settings.zIndex || 2147483000);

  button = document.createElement("button");
  badge = document.createElement("b");
  const svg = drawing("svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = badge.ariaHidden = "true";
  svg.append((path = drawing("path")));
  button.append(svg, label(), badge);
  root.append(button);
  document.body.append(host);
};

export const removeLauncher = (): void => {
  host?.remove();
  host = root = button = undefined;
};

/** Shows the state; visible: whether the button is there at all. */
export const draw = (open: boolean, unread: number, visible: boolean): void => {
  if (!host) return;
  const form = unread ? words.unread[new Intl.PluralRules(words.lang).select(unread)] || words.unread.other : words.open;
  const name = open ? words.close : form.replace("{count}", `${unread}`);
  button!.hidden = !visible;
  button!.ariaExpanded = `${open}`;
  // A visible label stays part of the name, so that it can be spoken.
  button!.ariaLabel = label() ? label() + ". " + name : name;
  path.setAttribute("d", open ? fold : config!.icon);
  badge.hidden = open || !unread;
  badge.textContent = unread > 99 ? "99+" : `${unread}`;
};
