/** What stands beside a conversation comes in one piece, after the first screen. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const Coach = partOf(parts, "Coach");
export const Customer = partOf(parts, "Customer", true);
