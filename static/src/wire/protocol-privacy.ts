/** What a customer may see of what is known about them. Part of protocol.ts, which hands it on. */
import type { Attribute, AuthorKind, ConversationState, CustomerPromise, Feedback, PageView } from "./protocol";

/** GET /v1/widget/known. What the team notes among itself is only counted; what they agreed to have noted is told. */
export interface Known {
  person: KnownPerson;
  /** The one that began last first, at most 1,000. */
  conversations: KnownConversation[];
  /** Both sides', open ones first. */
  promises: CustomerPromise[];
  /** The latest first. */
  pages: PageView[];
  /** How many browsers are known as theirs. */
  browsers: number;
  notes: number;
  /** The latest first. */
  sensitive: KnownNote[];
}

export interface KnownNote extends NoteConsent {
  text: string;
  at: number;
}

/** How a customer agreed to a sensitive note, in words, and when it erases itself. */
export interface NoteConsent {
  consent: string;
  until: number;
}

export interface KnownPerson {
  id: string;
  name: string;
  email: string;
  /** The site has signed who this is. */
  verified: boolean;
  /** A person typed it: the site has not signed it. */
  name_given: boolean;
  email_given: boolean;
  attributes: Attribute[];
  locale: string;
  zone: string;
  segment: string;
  first_seen_at: number;
}

export interface KnownConversation {
  id: string;
  state: ConversationState;
  started_at: number;
  last: { by: AuthorKind; text: string; at: number };
  /** One for each stretch that ended. */
  feedback: Feedback[];
}
