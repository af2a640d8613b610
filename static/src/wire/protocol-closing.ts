/** Protocol v1: the end of a conversation, and the word a day or two later. */
import type { Step } from "./protocol";

/** A word that a customer hears later, in an agent's name. One stands per conversation at most. */
export interface FollowUp {
  id: string;
  agent_id: string;
  by_rule: boolean;
  /** With variables, which are filled in when it is said. */
  text: string;
  /** The template that its words came from, or "". */
  template_id: string;
  due_at: number;
  /** It was due and is held back: the first variable that had no value. "" while it waits. */
  lacks: string;
}
export interface PlannedFollowUp {
  follow_up: FollowUp | null;
}
/** A follow-up that was held back, with the customer it was for. */
export interface HeldFollowUp extends FollowUp {
  conversation_id: string;
  person: { id: string; name: string; verified: boolean };
}

/** A template of the Closing step that thanks or invites back, and asks nothing. */
export interface ClosingWords {
  template_id: string;
  thanks: boolean;
  invites: boolean;
}
/** A matter beside the current one that has not come to Closing. */
export interface OpenMatter {
  id: string;
  /** 1 for what they came for first, which cannot be dropped. */
  number: number;
  need: string;
  step: Step;
}
/** What an agent may want to see before a conversation is closed. */
export interface ClosingView {
  words: ClosingWords[];
  matters: OpenMatter[];
  follow_up: FollowUp | null;
}
