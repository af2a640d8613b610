/** What the console shows of goodwill comes in one piece, when something is first given or asked for. */
import { partOf } from "../../ui/part";

const parts = () => import("./parts");

export const GrantEditor = partOf(parts, "GrantEditor");
export const GrantLine = partOf(parts, "GrantLine", true);
export const Waiting = partOf(parts, "Waiting", true);
export const Offer = partOf(parts, "Offer", true);
export const Given = partOf(parts, "Given", true);
export const Asked = partOf(parts, "Asked", true);
export const Authority = partOf(parts, "Authority");
