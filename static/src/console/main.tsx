/** The agents' console: one page, mounted once. */
import { render } from "preact";
import { watchLeaving } from "./api";
import { App } from "./app";
import { locale, t } from "./i18n";
import { wearSettings } from "./state/settings";
import "./styles/all.css";

const root = document.documentElement;
root.lang = locale();
wearSettings(root);
watchLeaving();

document.getElementById("floats")?.setAttribute("aria-label", t("floats"));

const place = document.getElementById("console");
if (place) render(<App />, place);
