/** Handing over and asking a colleague to join come in one piece, when somebody asks for it or is asked. */
import { partOf } from "../../ui/part";

export const HandOver = partOf(() => import("./parts"), "HandOver", true);
export const Invite = partOf(() => import("./parts"), "Invite", true);

/** Steps in beside who has a conversation. */
export const stepIn = (id: string) => import("./parts").then(({ join }) => join(id));

/** Ends a guest's visit. */
export const leave = (id: string, guest: { id: string; name: string }) => void import("./parts").then((parts) => parts.leave(id, guest));
