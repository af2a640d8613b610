/** What is entered by hand comes in one piece, when it is needed. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const EnterByHand = partOf(parts, "EnterByHand", true);
export const Entered = partOf(parts, "Entered", true);
