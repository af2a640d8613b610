/** What belongs to one's own status, in one piece. */
import "./dress";
export { default as AwayWarning } from "./warning";
export { default as Reason } from "./reason";
export { watchIdle } from "./idle";
