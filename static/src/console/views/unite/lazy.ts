/** Two conversations of one customer that become one: in one piece, when it is asked for or was done. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const Unite = partOf(parts, "Unite", true);
export const United = partOf(parts, "United", true);
