/** The words and styles of quick answers on their page: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/quick.json";
import css from "../../styles/quick.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
