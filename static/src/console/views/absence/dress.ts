/** The words and styles of absences: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/absence.json";
import css from "../../styles/absence.css?sheet";
import { wear } from "../../ui/sheet";
import "../agreement/dress";

learn(words);
wear(css);
