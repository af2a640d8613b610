/** What the console shows of erasing comes in one piece, when it is needed. */
import { partOf } from "../../ui/part";

export const ErasePerson = partOf(() => import("./parts"), "ErasePerson", true);
