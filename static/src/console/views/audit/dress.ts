/** The words and styles of the audit log: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/audit.json";
import css from "../../styles/audit.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
