/** Protocol v1: who looks around on a site, before they have said a word. See protocol.ts. */

/** What the team sees of those who only look around. */
export interface VisitorRules {
  /** Pages that are open stand in the list of visitors. */
  listed: boolean;
}

/**
 * What an open page tells of itself, as text/plain, every 20 seconds and when something has changed,
 * where the site lists its visitors or invites them by rules.
 */
export interface Beacon {
  /** Public key of the site. */
  site: string;
  /** 32 hexadecimal digits that the page made up; they live as long as it stands open. */
  id: string;
  /** Without query and fragment. */
  url: string;
  title: string;
  /** What led here; of another site only its origin. "" for nothing that is told. */
  referrer: string;
  /** SHA-256 of the device secret in hexadecimal digits, "" where the browser keeps none. */
  device: string;
  /** Another tab or window lies over it. */
  hidden: boolean;
  /** It is being left. */
  gone: boolean;
  /** The page's language, in which an invitation's buttons speak; absent: what the browser likes. */
  locale?: string;
  /** What has become of the invitation; absent, or "": nothing new. */
  said?: "" | "shown" | "answered" | "declined";
  /** Which visit of this browser's it is; absent, or 0, where that is not counted. */
  visits?: number;
  /** Of the events that the last answer named, those that the page has reported; at most 20. */
  events?: string[];
  /** Shows the invitation of TriedRule, to this page alone; nothing is noted then. */
  try?: string;
}

/** What the page hears then. */
export interface Heard {
  /** Tell again after so many ms. */
  every: number;
  /** Names of events to tell of as soon as the page reports them; absent for none. */
  events?: string[];
  /** To be shown beside the launcher; absent for none. */
  invitation?: PageInvitation;
}

/** A short word of an agent's, or of one of the site's rules, to somebody who looks around. */
export interface PageInvitation {
  /** The agent's name, or the site's. */
  from: string;
  text: string;
  /** Of a rule's: whoever answers it tells it as the attribute "invitation_token", so that it is counted once. */
  token?: string;
  /** The words around it, in the page's language. */
  words: { lang: string; dir: "ltr" | "rtl"; from: string; answer: string; close: string; tried: string };
}

/** An invitation as the team sees it. */
export interface VisitorInvitation {
  from: string;
  text: string;
  /** sent: the page has not asked for it yet; declined counts for the whole visit. */
  state: "sent" | "shown" | "answered" | "declined";
  /** The name of the rule that invited them; absent for an agent. */
  rule?: string;
}

export interface VisitedPage {
  url: string;
  title: string;
  /** Since when. */
  at: number;
}

/** One visitor, from their first page on the site to their last. */
export interface Visitor {
  id: string;
  since: number;
  page: VisitedPage;
  /** How many they looked at in this visit. */
  pages: number;
  /** Host that led them here, "" for none that is known. */
  source: string;
  hidden: boolean;
  /** Which visit of their browser's it is; absent where that is not counted. */
  visits?: number;
  /** Absent for a stranger. */
  person?: { id: string; name: string };
  /** Their latest conversation; absent for none. */
  conversation_id?: string;
  /** Absent for none in this visit. */
  invitation?: VisitorInvitation;
}

/** Who looks around, or what has become of it since an earlier answer. */
export interface VisitorChanges {
  /** False: the site lists no visitors. */
  on: boolean;
  /** Ask with it the next time. */
  since: number;
  /** These are all there are; what was held before is void. */
  whole: boolean;
  /** New or changed. */
  visitors: Visitor[];
  /** Ids of those who left. */
  gone: string[];
}
