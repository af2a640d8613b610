/** Conversations that change hands, in one piece. */
import { learn } from "../../i18n";
import words from "../../i18n/handover.json";
import css from "../../styles/handover.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);

export { HandOver, Invite } from "./window";
export { Handed } from "./handed";
export { accept, hearHandover, join, leave, recall } from "./deeds";
