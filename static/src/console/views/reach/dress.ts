/** The words of being reached: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/reach.json";
import css from "../../styles/reach.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
