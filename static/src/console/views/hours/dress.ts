/** The words and styles of hours and of what is said while somebody waits. */
import { learn } from "../../i18n";
import words from "../../i18n/hours.json";
import css from "../../styles/hours.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
