/** The words and styles of files: imported for that alone. */
import css from "../../../files/files.css?sheet";
import { learn } from "../../i18n";
import words from "../../i18n/files.json";
import own from "../../styles/attach.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
wear(own);
