/** Looking on, whispering and rearranging come in one piece, when somebody does it or hears a whisper. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const Oversee = partOf(parts, "Oversee", true);
export const Heard = partOf(parts, "Heard", true);
