/** Sending a copy of a conversation comes in one piece, when it is asked for. */
import { partOf } from "../../ui/part";

export const SendCopy = partOf(() => import("./parts"), "SendCopy", true);
