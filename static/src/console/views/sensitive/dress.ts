/** The words and styles of sensitive notes: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/sensitive.json";
import css from "../../styles/sensitive.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
