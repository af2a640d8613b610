/** The words of prompts, templates, answers and standards: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/guide.json";

learn(words);
