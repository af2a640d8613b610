/** Protocol v1: setting a site up. See protocol.ts. */

/**
 * works: it loads and may open. refused: its origin is not allowed. stranger: the page asks for a key
 * that no site has. silent: only the script came. unnamed: it loads on pages that hide their address.
 */
export type PlaceState = "works" | "refused" | "stranger" | "silent" | "unnamed";
/** What is known of a site's chat on the pages of one origin. */
export interface Place {
  /** "" where the pages hide their address. */
  origin: string;
  state: PlaceState;
  loaded_at: number;
  /** When the chat was last fetched there; 0 for never. */
  opened_at: number;
  /** The allowed origin that was probably meant; "" for none. */
  near: string;
}
/** How far the owner of a new site has come; absent once they are done. */
export interface Start {
  /** Which of the five screens is next; 0 for done. */
  screen: number;
}
/** One line of the audit log: who did what to which object. */
export interface AuditEntry {
  /** From 1, without gaps. */
  number: number;
  at: number;
  /** An agent's id; "" for the server itself. */
  by: string;
  /** "site.changed". */
  action: string;
  /** An id. */
  object: string;
  /** Names of fields and ids. */
  detail: string;
  change?: AuditChange[];
}
/** A field before and after; null for not there. What is long is cut. */
export interface AuditChange {
  field: string;
  from: unknown;
  to: unknown;
}
