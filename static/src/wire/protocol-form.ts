/**
 * Rapport protocol v1: what visitors are asked before their first message, or while nobody is
 * there. Part of protocol.ts, which passes it on.
 */

/** As an owner writes it. */
export interface SiteForm {
  /** Before a first message. */
  ask: boolean;
  /** While nobody is there: the chat as always, this form with an address, or no launcher. */
  away: "chat" | "form" | "hide";
  intro: string;
  fields: FormField[];
  /** What they agree to before they write, "" for nothing; link leads to the whole of it. */
  consent: string;
  link: string;
  /** In other languages, by their tag. */
  words: Record<string, FormWords>;
}
export interface FormField {
  kind: "name" | "email" | "text" | "choice" | "check";
  /** The attribute that holds the answer, and what is asked; "name" and "email" for those kinds. */
  key: string;
  required: boolean;
  /** Of a choice. */
  options: string[];
}
/** "" or absent: as in the form itself. */
export interface FormWords {
  intro: string;
  consent: string;
  /** For keys and options of fields. */
  said: Record<string, string>;
}

/** As the panel shows it, in one language. */
export interface ShownForm {
  ask: boolean;
  /** It stands there while nobody is. */
  away: boolean;
  intro: string;
  fields: ShownField[];
  consent: string;
  link: string;
  /** Goes back with the answers, and says what stood there. */
  version: string;
}
export interface ShownField extends FormField {
  label: string;
  /** Beside each of the options. */
  labels: string[];
}

/** What a visitor wrote, with the first message of a conversation. */
export interface FormAnswer {
  answers: Record<string, string>;
  agreed: boolean;
  /** ShownForm.version. */
  version: string;
  away: boolean;
}
