/** What supervisors do in their colleagues' conversations, and what is heard of it, in one piece. */
import { learn } from "../../i18n";
import words from "../../i18n/oversee.json";
import css from "../../styles/oversee.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);

export { Oversee } from "./oversee";
export { Heard } from "./heard";
export { useWhisper } from "./deeds";
export { putAside } from "./whispers";
