/** Conversations on public channels, in one piece. */
import { learn } from "../../i18n";
import words from "../../i18n/public.json";
import css from "../../styles/public.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);

export { InPublic } from "./warning";
export { markPublic } from "./deeds";
