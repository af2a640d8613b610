/** The words and styles of cards, promises and closing: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/agreement.json";
import closing from "../../i18n/closing.json";
import css from "../../styles/agreement.css?sheet";
import closingCss from "../../styles/closing.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
learn(closing);
wear(css);
wear(closingCss);
