/** What the console shows of profiles that are one person's comes in one piece, when it is needed. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const SamePerson = partOf(parts, "SamePerson", true);
export const Together = partOf(parts, "Together", true);
export const UndoLogged = partOf(parts, "UndoLogged", true);
