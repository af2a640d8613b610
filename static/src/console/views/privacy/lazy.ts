/** What the console shows of blocking and erasing comes in one piece, when it is needed. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const BlockPerson = partOf(parts, "BlockPerson", true);
export const ErasePerson = partOf(parts, "ErasePerson", true);
