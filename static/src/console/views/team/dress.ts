/** The words and styles of the team's page: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/team.json";
import css from "../../styles/team.css?sheet";
import { wear } from "../../ui/sheet";
import "../guide/dress";
import "../second/dress";

learn(words);
wear(css);
