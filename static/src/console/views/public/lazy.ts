/** What belongs to public channels comes in one piece, where a conversation is on one. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const InPublic = partOf(parts, "InPublic", true);

/** Says whether everybody may read along in a conversation. */
export const markPublic = (id: string, on: boolean) => void parts().then((there) => there.markPublic(id, on));
