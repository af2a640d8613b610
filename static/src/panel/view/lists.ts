/** The screens behind the menu and their styles: fetched when one of them is first opened. */
import { wear } from "../../console/ui/sheet";
import css from "../styles/lists.css?sheet";

export { Earlier } from "./earlier";
export { Promises } from "./promises";

wear(css);
