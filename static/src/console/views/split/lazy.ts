/** Matters that the team works on beside their chat: in one piece, when one is split off or was. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const SplitOff = partOf(parts, "SplitOff", true);
export const Finish = partOf(parts, "Finish", true);
export const AsideLine = partOf(parts, "AsideLine", true);
export const WorkedOn = partOf(parts, "WorkedOn", true);
