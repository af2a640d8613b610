import { part } from "./part";

const load = () => import("./files");

/** What goes with the next message, and what went with others; fetched when there is something. */
export const Tray = part(async () => (await load()).Tray);
export const Sent = part(async () => (await load()).Sent);
