/** What belongs to offers, in one piece. */
import { learn } from "../../i18n";
import words from "../../i18n/offer.json";
import css from "../../styles/offer.css?sheet";
import { wear } from "../../ui/sheet";

learn(words);
wear(css);

export { default as Offers } from "./card";
export { accept, fetchOffers, pass } from "./deeds";
