/** The words and styles of what is split off a chat: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/split.json";
import css from "../../styles/split.css?sheet";
import { wear } from "../../ui/sheet";
import "../handover/dress";

learn(words);
wear(css);
