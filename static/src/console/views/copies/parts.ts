/** Copies of conversations, in one piece. */
import { learn } from "../../i18n";
import words from "../../i18n/copies.json";

learn(words);

export { SendCopy } from "./window";
