/** How long a site keeps closed conversations. Part of protocol.ts, which hands it on. */
export interface Retention {
  /** After closing; 0 for ever. */
  months: number;
  /** When this was said; the server puts it in. The first conversations go a day later. */
  set_at?: number;
}

/** GET /v1/console/sites/{id}/retention?months=. */
export interface RetentionPreview {
  /** Up to 5,000 are counted. */
  conversations: number;
  more: boolean;
}
