/** Files come with cards and promises, in one piece: one of their own would cut up more of the first screen. */
import { partOf } from "../../ui/part";

const parts = () => import("../agreement/parts");

export const Attach = partOf(parts, "Attach", true);
export const SentFiles = partOf(parts, "SentFiles", true);
