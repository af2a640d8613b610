/** Handing over comes in one piece, when somebody asks for it or is asked. */
import { partOf } from "../../ui/part";

export const HandOver = partOf(() => import("./parts"), "HandOver", true);
