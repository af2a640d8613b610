/** What keeps the desk in order: one piece, so that little is cut up that it shares with the first screen. */
import "./dress";

export { Bar } from "./bar";
export { Asked } from "./asked";
export { Tags } from "./tags";
export { makeUnread } from "./deeds";
export { tagsTurn } from "./known";
