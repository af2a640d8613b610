/** The words and styles that reports share: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/report.json";
import css from "../../styles/report.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
