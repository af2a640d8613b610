/** The words and the look of the marks: imported for that alone. */
import { learn } from "../i18n";
import words from "../i18n/marks.json";
import css from "../styles/marks.css?sheet";
import { wear } from "../ui/sheet";

learn(words);
wear(css);
