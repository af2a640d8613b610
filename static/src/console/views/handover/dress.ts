/** The words and styles of whom a conversation may go to: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/handover.json";
import css from "../../styles/handover.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
