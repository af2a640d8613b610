/** Sensitive notes come in one piece, when there is one or somebody may write one. */
import { partOf } from "../../ui/part";

export const AddSensitive = partOf(() => import("./parts"), "AddSensitive", true);
export const Agreed = partOf(() => import("./parts"), "Agreed", true);
