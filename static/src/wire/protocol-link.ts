/** Protocol v1: what the page behind a message's first link says of itself. See protocol.ts. */

/** Only where the site's owner wants it. All words are a stranger's: show them as text. */
export interface LinkPreview {
  /** The link as it stands in the message; https. */
  url: string;
  /** Of the page, behind all redirects. */
  host: string;
  /** The site's name; absent where it says none. */
  name?: string;
  title: string;
  text?: string;
}

/** It takes no number: whoever misses it gets it with the message when that is fetched. */
export interface LinkFrame {
  type: "link";
  conversation_id: string;
  message_id: string;
  link: LinkPreview;
}
