/** The same words a second time, and words that cross the customer's own. */
import type { Rule } from "./mark";

/** Shorter ones ("Thank you.") may come twice. */
const SHORT = 24;

const bare = (words: string) => words.replace(/\s+/g, " ").trim();

/** A template that went out in this conversation already and stands here unchanged, or the same whole reply. */
export const template: Rule = ({ all }, { template: started = "", replies = [] }) => {
  const words = all.includes(started.trim()) && started.trim() ? started.trim() : all.trim();
  const sent = replies.some((r) => bare(r).includes(bare(words)));
  if (words.length < SHORT || !sent) return [];
  const from = all.indexOf(words);
  return [{ kind: "template", from, to: from + words.length, about: "", way: { do: "rewrite" } }];
};

/** They are still writing: what they say next may change the answer. */
export const writing: Rule = ({ all }, { typing }) =>
  typing && all.trim() ? [{ kind: "writing", from: all.length, to: all.length, about: "", way: { do: "rewrite" } }] : [];
