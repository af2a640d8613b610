/** The words and styles of the second step: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/second.json";
import css from "../../styles/second.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
