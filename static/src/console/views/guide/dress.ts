/** The words and styles of prompts, templates, answers and standards: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/guide.json";
import css from "../../styles/guide.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
