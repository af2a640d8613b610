/** The words and styles of conversations that become one: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/unite.json";
import css from "../../styles/unite.css?sheet";
import "../../ui/pair";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
