/** The words and styles of several matters and of what is found besides: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/matters.json";
import css from "../../styles/matters.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
