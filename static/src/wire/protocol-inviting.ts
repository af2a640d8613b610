/** Protocol v1: rules by which a site invites those who look around. Part of protocol.ts, which hands it on. */

/** How a site invites by itself; absent for a site without rules. */
export interface Inviting {
  /** The first that fits is the one; at most 20. Absent for none. */
  rules?: InviteRule[];
  /** How often a customer is invited at most in days. */
  times?: number;
  days?: number;
}

/** Who is invited, when, and with which words. All that it asks for must hold; what is absent asks for nothing. */
export interface InviteRule {
  /** Made by the client: a UUIDv7. Results are counted under it. */
  id: string;
  name: string;
  on: boolean;
  /** One of them; at most 8. */
  pages?: PagePattern[];
  /** Seconds at least on the page. */
  on_page?: number;
  /** Seconds at least on the site, in this visit. */
  on_site?: number;
  /** Hosts, one of which led to the site, or one below it; at most 8. */
  sources?: string[];
  /** At least the nth visit of a browser that counts them: one whose user has written or signed in. */
  visits?: number;
  /** Of a customer who is known. */
  segments?: string[];
  /** Of a customer of whom the site told the attribute "loyalty". */
  loyalty?: string[];
  /** That the page has reported: Rapport("track", event). */
  event?: string;
  /** While somebody is there, or outside opening hours; absent: always. */
  when?: "" | "there" | "closed";
  /** In whose name; "agent" is somebody who is there, else the site. Absent: the site. */
  from?: "" | "agent";
  /** At most 280 characters. */
  text: string;
  /** The text in other languages, by their tag. */
  words?: Record<string, string>;
  /** The event that the page reports when it came to what the rule is for. */
  goal?: string;
}

/** What the path of a page is held against, without regard to case. */
export interface PagePattern {
  how: "contains" | "begins" | "is";
  text: string;
}

/** The invitation of a rule that somebody answered, as it was then. */
export interface Invited {
  /** The rule's name. */
  rule: string;
  text: string;
  /** When it was shown. */
  at: number;
}

/** What came of a rule's invitations, by the local day on which they were shown. */
export interface InviteUse {
  /** The rule's id; it may be gone by now. */
  rule: string;
  /** "2026-11-22" */
  day: string;
  shown: number;
  /** Closed on the page. */
  declined: number;
  /** They opened the chat from it and wrote, within a day. */
  answered: number;
  /** Of those: the page reported the rule's goal within a week of the showing. */
  led: number;
}

/** Over the last 30 local days. */
export interface InviteUses {
  /** The first of them, and today. */
  since: string;
  until: string;
  /** Days on which a rule's invitation was shown. */
  uses: InviteUse[];
}

/** A page of the site on which who follows it sees a rule's invitation, for ten minutes, and is counted nowhere. */
export interface TriedRule {
  url: string;
}
