/** The words and styles of search: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/find.json";
import css from "../../styles/search.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
