/** The agents' console: one page, mounted once. */
import { render } from "preact";
import { App } from "./app";
import { direction, locale } from "./i18n";
import { wearSettings } from "./state/settings";
import "./styles/all.css";

const root = document.documentElement;
root.lang = locale();
root.dir = direction();
wearSettings(root);

const place = document.getElementById("console");
if (place) render(<App />, place);
