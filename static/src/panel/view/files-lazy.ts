import { part } from "./part";

const load = () => import("./files");

/** What goes with the next message and the button for it, and what went with others; fetched once the panel stands. */
export const Files = part(async () => (await load()).Files, true);
export const Sent = part(async () => (await load()).Sent);
