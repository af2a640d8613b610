import { render } from "preact";
import { inkOn } from "../loader/contrast";
import { readable } from "../loader/readable";
import type { WidgetConfig } from "../wire";
import { App } from "./app";
import { listenForGesture } from "./sound";
import { Panel } from "./view/panel";
import { learn, t } from "./words";
import "./styles/all.css";

/** What the page carries as JSON, in an element that is no script. */
function carried<T>(id: string): T {
  return JSON.parse(document.getElementById(id)!.textContent!) as T;
}

/** The hardest grounds of styles/base.css, light and dark, on which the site's colour must be readable. */
const LIGHT = "#f1f0ef";
const DARK = "#31312e";

function paint(color: string): void {
  const { style } = document.documentElement;
  style.setProperty("--accent", color);
  style.setProperty("--accent-ink", inkOn(color));
  style.setProperty("--accent-on-light", readable(color, LIGHT));
  style.setProperty("--accent-on-dark", readable(color, DARK));
}

const { lang, dir } = document.documentElement;
const config = carried<WidgetConfig>("config");
learn(carried("words"), lang, dir === "rtl");
document.title = t("panel.label", { site: config.name });
const app = new App(config, lang);
app.color.subscribe(paint);
listenForGesture();
render(<Panel app={app} />, document.getElementById("app")!);
