/** The words and styles of the page of figures: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/figures.json";
import css from "../../styles/figures.css?sheet";
import { wear } from "../../ui/sheet";
import "../report/dress";

learn(words);
wear(css);
