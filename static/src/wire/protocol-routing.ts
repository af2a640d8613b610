/** Protocol v1: who takes part, and how conversations find somebody. See protocol.ts. */

export type Status = "online" | "away" | "offline";

/** What an agent says of themselves, on all their devices. */
export interface Standing {
  status: Status;
  /** Why they are not online, in their words; absent for none. */
  reason?: string;
  /** Away by itself: nothing was touched for a while. */
  auto?: boolean;
  /** Online, but nothing new before this; absent for now. */
  no_new_until?: number;
}

/** How a site's conversations find somebody. */
export interface Routing {
  /** How long a console may lie untouched until its agent is away by itself, 3 to 240; 0 for never. */
  away_minutes: number;
}
