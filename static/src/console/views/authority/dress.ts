/** The words and styles of what may be given: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/authority.json";
import css from "../../styles/authority.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
