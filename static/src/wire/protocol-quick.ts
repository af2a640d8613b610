/** Protocol v1: answers that visitors read by themselves. Part of protocol.ts, which hands it on. */

/** An answer as the widget has it; which of them fit a page is for the browser to see. */
export interface QuickAnswer {
  id: string;
  title: string;
  /** Filled in with the site's own facts. */
  text: string;
  /** Where to read more, or "". */
  link: string;
  /** Words and products that call for it, lower case. */
  words: string[];
  /** Starts of paths that call for it. */
  pages: string[];
}
/** An answer that somebody had opened before they wrote, under the title that it had then. */
export interface ReadAnswer {
  id: string;
  title: string;
}
/** What became of a quick answer; none of these is a response. */
export interface AnswerUse {
  id: string;
  opened: number;
  /** How often they said that it helped. */
  helped: number;
  /** How often whoever had opened it wrote afterwards. */
  followed: number;
}
/** Over the last 30 local days. */
export interface AnswerUses {
  /** The first of them, "2026-10-24". */
  since: string;
  uses: AnswerUse[];
}
