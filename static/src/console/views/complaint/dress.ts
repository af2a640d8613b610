/** The words and styles of complaints: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/complaint.json";
import css from "../../styles/complaint.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
