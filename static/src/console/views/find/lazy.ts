/** Search comes in one piece, when it is first wanted. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const Find = partOf(parts, "Find");
export const Views = partOf(parts, "Views", true);
