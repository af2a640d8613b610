/** Questions between colleagues come in one piece, when somebody asks or is asked. */
import { partOf } from "../../ui/part";

export const AskColleague = partOf(() => import("./parts"), "AskColleague", true);
export const Questions = partOf(() => import("./parts"), "Questions", true);
