/** Handing over and asking a colleague to join come in one piece, when somebody asks for it or is asked. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const HandOver = partOf(parts, "HandOver", true);
export const Invite = partOf(parts, "Invite", true);

/** Steps in beside who has a conversation. */
export const stepIn = (id: string) => parts().then(({ join }) => join(id));

/** Ends a guest's visit. */
export const leave = (id: string, guest: { id: string; name: string }) => void parts().then((there) => there.leave(id, guest));
