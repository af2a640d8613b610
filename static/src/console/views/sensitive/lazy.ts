/** Sensitive notes come in one piece, when there is one or somebody may write one. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const AddSensitive = partOf(parts, "AddSensitive", true);
export const Agreed = partOf(parts, "Agreed", true);
