/** The words and styles of what is reported to be late: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/delay.json";
import css from "../../styles/delay.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
