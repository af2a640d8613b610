/** Search and the views that are kept of it, with their words and styles. */
import "./dress";

export { Find } from "./find";
export { Views } from "./strip";
