/** The words and styles of the page of handovers: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/handovers.json";
import css from "../../styles/handovers.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
