/** Questions between colleagues, in one piece. */
import { learn } from "../../i18n";
import words from "../../i18n/consult.json";
import css from "../../styles/consult.css?sheet";
import { wear } from "../../ui/sheet";
import "../../ui/slip";

learn(words);
wear(css);

export { AskColleague } from "./window";
export { Questions } from "./cards";
