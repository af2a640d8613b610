/** Entering by hand, and what was entered. */
import css from "../../styles/entry.css?sheet";
import { wear } from "../../ui/sheet";
import "../agreement/dress";
import "./dress";

wear(css);

export { EnterByHand } from "./window";
export { Entered } from "./entered";
