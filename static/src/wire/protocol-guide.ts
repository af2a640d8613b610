/** Shapes of protocol v1 for what an owner writes for the team: prompts, templates, answers, standards. */

import type { InteractionType, Mood, Step } from "./protocol";
import type { SentFile } from "./protocol-files";

/** What a prompt or template was made for. A list that is missing fits anything. */
export interface Fit {
  types?: InteractionType[];
  moods?: Mood[];
  /** prospective, new, existing, past. */
  segments?: string[];
  /** prospect, first_time, exclusive, switcher. */
  loyalty?: string[];
  /** awareness, consideration, decision, purchase, retention, advocacy. */
  journey?: string[];
  /** Of the complaint track: listen, feel, record, expect, solve, confirm, follow_up. */
  stages?: string[];
  /** chat, email, social, review, forum, messaging, call, visit. */
  channels?: string[];
  /** Tags such as en or pt-BR. */
  languages?: string[];
}

/** A prompt: one short aim for the agent in a step. Site data, loaded once by the console. */
export interface Prompt {
  id: string;
  key: string;
  step: Step;
  text: string;
  /** A line or two on how, shown on focus. */
  help: string;
  /** The rule that ticks it, "" for by hand only; see GET /v1/console/rules. */
  evidence: string;
  fit: Fit;
  position: number;
}

/** What a prompt said before it was rewritten. */
export interface PromptVersion {
  version: number;
  step: Step;
  text: string;
  help: string;
  evidence: string;
  fit: Fit;
  /** Who had written it, "" for the starter set. */
  by_name: string;
  at: number;
}

export interface Template {
  id: string;
  title: string;
  /** Typed after "/", lower case, no spaces; may be "". */
  shortcut: string;
  body: string;
  steps: Step[];
  fit: Fit;
  /** "site" for all agents, "personal" for its author. */
  scope: "site" | "team" | "personal";
  /** Of scope team: whose members use it, and what it is called. */
  team_id?: string;
  team?: string;
  uses: number;
  /** What came after replies that kept its words, and after those that changed them. */
  as_is: Outcome;
  reworded: Outcome;
  /** How it ranks by outcome, 0 to 1000; as usual here until enough customers have said. */
  worth: number;
  updated_at: number;
  /** Go with a reply that starts from it. */
  files?: SentFile[];
}

/** How often something came after replies that started from a template. Whose they were is not kept. */
export interface Outcome {
  uses: number;
  /** Of uses: the conversation was closed since. */
  ended: number;
  /** Of ended: the customer had written after it. */
  answered: number;
  /** A proposal was accepted after it. */
  accepted: number;
  /** Of ended: the customer opened the conversation again. */
  reopened: number;
  /** The customer called it solved, or not yet. */
  solved: number;
  unsolved: number;
}

/** A rule by which a prompt can tick itself. */
export interface EvidenceRule {
  name: string;
  /** What it finds, as the coach says it. */
  why: string;
  /** What that means, in a sentence. */
  means: string;
  /** A line of an agent's that shows it, "" where none does. */
  example: string;
}

/** What a template said before it was rewritten. */
export interface TemplateVersion {
  version: number;
  title: string;
  shortcut: string;
  body: string;
  steps: Step[];
  fit: Fit;
  /** What it kept, absent for none. */
  files?: SentFile[];
  /** Who had written it, "" for the starter set. */
  by_name: string;
  at: number;
}

/** A short fact that the owner keeps: in the "/" menu, and offered where its words or pages come up. */
export interface Answer {
  id: string;
  /** As a customer would ask. */
  title: string;
  shortcut: string;
  text: string;
  /** Where to read more, or "". */
  link: string;
  /** Words and products that call for it, lower case. */
  words: string[];
  /** Starts of paths, such as "/returns". */
  pages: string[];
  /** May stand on the widget's first page. */
  quick: boolean;
  updated_at: number;
}

/** A minimum behaviour that everybody holds, with why, and what shows it. */
export interface Standard {
  id: string;
  text: string;
  why: string;
  shown: string;
  /** Where it applies, none for always. */
  steps: Step[];
  position: number;
}

/** What became of the rows of an import. */
export interface Landed {
  added: number;
  changed: number;
  same: number;
}
