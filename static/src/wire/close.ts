import type { CLOSE } from "./protocol";

export type Come = (typeof CLOSE)[number]["come"];

/** The server stops, in good order: another, or the next, is there in a moment. */
export const LEAVING = 1001;

/** The session was ended by somebody. */
export const REVOKED = 4003;

/**
 * Whether a client comes back by itself after the server's close code: what protocol.ts says of
 * it, without the names, which would weigh more than the rest. Unknown codes come back.
 */
export function come(code: number): Come {
  if (code === 4002) return "after a new token";
  if ([4004, 4005, 4010].includes(code)) return "at once";
  return [1007, 1009, 4000, REVOKED].includes(code) ? "never" : "with backoff";
}
