/** The words of what is entered by hand: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/entry.json";

learn(words);
