/** The words and styles of two profiles that are one person's: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/same.json";
import css from "../../styles/same.css?sheet";
import "../../ui/pair";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
