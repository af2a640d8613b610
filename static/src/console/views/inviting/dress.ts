/** The words and styles of the rules that invite: imported for that alone. */
import "../guide/dress";
import "../site/dress";
import { learn } from "../../i18n";
import words from "../../i18n/inviting.json";
import css from "../../styles/inviting.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
