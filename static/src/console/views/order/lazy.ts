/** What keeps the desk in order comes in one piece, when something is selected or asked. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const Bar = partOf(parts, "Bar", true);
export const Asked = partOf(parts, "Asked", true);
export const Tags = partOf(parts, "Tags", true);
