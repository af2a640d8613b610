/** The words and styles of cards and promises: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/agreement.json";
import css from "../../styles/agreement.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
