/** Everything of goodwill and decisions, with its words and styles. */
import "../agreement/dress";
import "./dress";

export { Asked } from "./asked";
export { GrantEditor } from "./editor";
export { Given } from "./given";
export { hearGrant } from "./hear";
export { GrantLine } from "./line";
export { Offer } from "./offer";
export { Authority } from "./page";
export { Waiting } from "./waiting";
