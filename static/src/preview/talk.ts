/** What the page of a preview and the console around it say to each other. Types only. */
export interface FromPreview {
  /** The key of the site that is tried on. */
  rapport: string;
  /** Drawn; the panel opened or closed; something was to be sent. */
  said: "ready" | "open" | "close" | "held";
}

/** An invitation that the console shows on the page; "" as its text takes it away. */
export interface PreviewCard {
  from: string;
  text: string;
}
