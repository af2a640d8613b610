/** What the console shows of blocking and erasing comes in one piece, when it is needed. */
import { partOf } from "../../ui/part";

export const BlockPerson = partOf(() => import("./parts"), "BlockPerson", true);
export const ErasePerson = partOf(() => import("./parts"), "ErasePerson", true);
