/** What belongs to public channels comes in one piece, where a conversation is on one. */
import { partOf } from "../../ui/part";

export const InPublic = partOf(() => import("./parts"), "InPublic", true);

/** Says whether everybody may read along in a conversation. */
export const markPublic = (id: string, on: boolean) => void import("./parts").then((parts) => parts.markPublic(id, on));
