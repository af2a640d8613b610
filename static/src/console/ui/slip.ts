/** The look of what waits above the page, for the parts that show some: offers, handovers, colleagues' questions. */
import css from "../styles/slip.css?sheet";
import { wear } from "./sheet";

wear(css);
