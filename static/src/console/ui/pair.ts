/** The styles of two of a kind side by side, for the parts that show them. */
import css from "../styles/pair.css?sheet";
import { wear } from "./sheet";

wear(css);
