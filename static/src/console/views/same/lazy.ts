/** What the console shows of profiles that are one person's comes in one piece, when it is needed. */
import { partOf } from "../../ui/part";

export const SamePerson = partOf(() => import("./parts"), "SamePerson", true);
export const Together = partOf(() => import("./parts"), "Together", true);
export const UndoLogged = partOf(() => import("./parts"), "UndoLogged", true);
