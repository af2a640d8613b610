/** The words and styles of selecting, tags and sleep: imported for that alone. */
import { learn } from "../../i18n";
import words from "../../i18n/order.json";
import css from "../../styles/order.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);
