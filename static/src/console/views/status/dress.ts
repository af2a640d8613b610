/** The words of being there: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/status.json";
import css from "../../styles/status.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
