/** What opens above any page. */
export { default as AskDialog } from "../ui/ask";
export { default as Toasts } from "../ui/toasts";
export { default as Help } from "./palette/help";
export { default as Palette } from "./palette/palette";
