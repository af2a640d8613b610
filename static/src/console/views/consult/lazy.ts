/** Questions between colleagues come in one piece, when somebody asks or is asked. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const AskColleague = partOf(parts, "AskColleague", true);
export const Questions = partOf(parts, "Questions", true);
