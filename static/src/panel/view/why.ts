import { part } from "./part";

/** Why a message was refused; without a connection to fetch it by, that it was is all that is said. */
export const Why = part(async () => (await import("./refusal")).Refusal, true);
