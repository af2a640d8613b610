/** What the quiet marks are: pure values, no catalogue and no screen. */

/** What a mark can be about, in the order in which a list shows marks of one place. */
export const KINDS = ["name", "unanswered", "promise", "no", "blame", "negative", "guess", "jargon", "long", "shouting", "template", "writing"] as const;
export type MarkKind = (typeof KINDS)[number];

/** What can be done about it with one key. Places are UTF-16 offsets into the text that was read. */
export type Way =
  /** Puts text over a range; "" takes the range out. */
  | { do: "replace"; from: number; to: number; text: string }
  /** Puts text in and leaves the caret behind it, to be gone on from. */
  | { do: "add"; at: number; text: string }
  /** Holds the commitment as a promise. */
  | { do: "promise" }
  /** Chooses the range, to be written anew. */
  | { do: "rewrite" };

/** One quiet mark. from = to where it is about the whole reply and nothing is underlined. */
export interface Mark {
  kind: MarkKind;
  from: number;
  to: number;
  /** Fills the words that say why: the plain word for jargon, the question that is open, the name. */
  about: string;
  way: Way;
}

/** What surrounds the draft. Everything is optional: what is unknown marks nothing. */
export interface Context {
  /** What the customer asked since our last reply, oldest first. */
  questions?: readonly string[];
  /** The customer's own words: what they say themselves is no jargon to them. */
  heard?: string;
  /** Words of the site that outsiders do not know, each with a plain one. */
  jargon?: readonly { word: string; plain: string }[];
  /** The customer's name, and those of the other customers whom the agent has open. */
  customer?: string;
  others?: readonly string[];
  /** Our earlier replies of this conversation. */
  replies?: readonly string[];
  /** The words of the template that the draft began with, as they were put in. */
  template?: string;
  /** The customer is writing. */
  typing?: boolean;
  /** A promise of ours stands open in this conversation, or goes with this reply. */
  promised?: boolean;
  /** The agent has stopped writing for a moment, so the last sentence counts as finished. */
  paused?: boolean;
}

/** A rule of one kind. Rules take time linear in the text, and never throw. */
export type Rule = (text: Text, context: Context) => Mark[];

export interface Sentence {
  from: number;
  to: number;
  text: string;
}
export interface Text {
  all: string;
  /** The same with typographic apostrophes made plain; as long, so places agree. */
  plain: string;
  /** Out of plain. */
  sentences: readonly Sentence[];
  /** The last sentence is finished. */
  finished: boolean;
}

export const rewrite = (kind: MarkKind, from: number, to: number, about = ""): Mark => ({ kind, from, to, about, way: { do: "rewrite" } });

export const replace = (kind: MarkKind, from: number, to: number, text: string, about = ""): Mark => ({
  kind,
  from,
  to,
  about,
  way: { do: "replace", from, to, text },
});
