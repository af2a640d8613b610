/** The words of the page of handovers: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/handovers.json";
import "../report/dress";

learn(words);
