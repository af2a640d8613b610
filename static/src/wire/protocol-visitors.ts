/** Protocol v1: who looks around on a site, before they have said a word. See protocol.ts. */

/** What the team sees of those who only look around. */
export interface VisitorRules {
  /** Pages that are open stand in the list of visitors. */
  listed: boolean;
}

/** What an open page tells of itself, as text/plain, every 20 seconds and when something has changed. */
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
  /** Absent for a stranger. */
  person?: { id: string; name: string };
  /** Their latest conversation; absent for none. */
  conversation_id?: string;
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
