/** What belongs to offers, in one piece. */
import { learn } from "../../i18n";
import words from "../../i18n/offer.json";
import "../../ui/slip";

learn(words);

export { default as Offers } from "./card";
export { accept, fetchOffers, pass } from "./deeds";
