/** The board comes in one piece, when somebody opens it, and what became of handovers in another. */
import { partOf } from "../../ui/part";

export const Board = partOf(() => import("./board"), "Board");
