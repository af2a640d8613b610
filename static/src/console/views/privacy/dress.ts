/** The words of what is kept of customers and how it goes: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/privacy.json";

learn(words);
