/** The list of visitors comes in one piece, when somebody opens it. */
import { partOf } from "../../ui/part";

export const Visitors = partOf(() => import("./visitors"), "Visitors");
