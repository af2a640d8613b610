/** The words and styles of setting a site up: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/start.json";
import css from "../../styles/start.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
