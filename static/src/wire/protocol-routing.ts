/** Protocol v1: who takes part, and how conversations find somebody. See protocol.ts. */

import type { Handing } from "./protocol-handover";

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
  /** "": people take what they see. offer: it is held out to one after the other. assign: it is theirs at once. */
  mode: "" | "offer" | "assign";
  /** How long an agent has to take what they are offered, 10 to 300. */
  offer_seconds: number;
  /** How long nothing new comes to who has just closed one, 0 to 600. */
  wrap_up_seconds: number;
  /** How long an agent whose connection is gone keeps what is theirs, 20 to 3600. */
  grace_seconds: number;
  /** Whose customers get a head start in the queue, and the attribute signed by the site that gives the same, "" for none. */
  vip_segments: string[];
  vip_attribute: string;
  vip_value: string;
  /** How long a console may lie untouched until its agent is away by itself, 3 to 240; 0 for never. */
  away_minutes: number;
}

/** A conversation that routing holds out to an agent, or has given them. */
export interface Offer {
  conversation_id: string;
  site_id: string;
  /** When it goes on to the next; 0: it is theirs already. */
  until: number;
  /** One line for people. */
  why: string;
  person: { id: string; name: string; verified: boolean };
  /** What was said last. */
  text: string;
  waiting_since: number;
  complaint?: "read" | "tracked";
  /** Where a colleague hands it over: it is taken from them. */
  handing?: Handing;
}
