/** The styles of a site's settings: imported for that alone. */
import css from "../../styles/site.css?sheet";
import { wear } from "../../ui/sheet";

wear(css);
