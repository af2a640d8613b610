/** Everything of complaints, with its words and styles. */
import "../agreement/dress";
import "./dress";

export { Cause } from "./cause";
export { Complaints } from "./complaints";
export { open } from "./deeds";
export { Track } from "./track";
