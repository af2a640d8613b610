/** Conversations that change hands, in one piece. */
import "./dress";

export { HandOver, Invite } from "./window";
export { Handed } from "./handed";
export { accept, hearHandover, join, leave, recall } from "./deeds";
