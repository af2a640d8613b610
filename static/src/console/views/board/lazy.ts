/** The board comes in one piece, when somebody opens it. */
import { partOf } from "../../ui/part";

export const Board = partOf(() => import("./board"), "Board");
