/** What the page of a preview says to the console around it. Types only. */
export interface FromPreview {
  /** The key of the site that is tried on. */
  rapport: string;
  /** Drawn; the panel opened or closed; something was to be sent. */
  said: "ready" | "open" | "close" | "held";
}
