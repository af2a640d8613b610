/**
 * What loader and panel say to each other over their MessageChannel. Types only: nothing of this
 * is in the built files. The loader knows nothing of conversations; what it keeps for the panel
 * is one opaque string.
 */

/** What the page tells of the customer; under "event:NAME" that NAME happened. */
export interface Attributes {
  [key: string]: string;
}

/** A signed identity, or a way to get one when it is needed or has run out. */
export type TokenSource = string | (() => string | Promise<string>);

/** From the loader to the panel. */
export type ToPanel =
  | {
      t: "init";
      /** What the panel kept earlier, or null. */
      kept: string | null;
      /** False: keep nothing and tell no pages. */
      consent: boolean;
      attributes: Attributes;
      /** Text that stood in the composer when the panel was made anew (another language). */
      draft: string;
      /** Null where pages are not told. */
      page: Page | null;
      /** The page's own colour, over the site's. */
      color: string | undefined;
      /** The panel fills the screen. */
      full: boolean;
    }
  | { t: "open"; open: boolean; full: boolean; focus: boolean }
  | { t: "message"; text: string; send: boolean }
  | { t: "identify"; token: string; attributes: Attributes }
  | { t: "attributes"; attributes: Attributes }
  | { t: "page"; page: Page }
  | { t: "consent"; on: boolean }
  | { t: "kept"; kept: string | null }
  | { t: "reset" };

/** From the panel to the loader. The first of them says that the panel is there. */
export type ToHost =
  | { t: "close" }
  /** The panel stood open on the page before. */
  | { t: "open" }
  | { t: "keep"; kept: string | null }
  /** Asks for "kept": another tab may have changed it. */
  | { t: "read" }
  /** Asks for "identify": the signed identity is wanted anew. */
  | { t: "token" }
  | { t: "draft"; text: string }
  | { t: "unread"; n: number; notice: boolean }
  /** The site's owner has changed something: the configuration is to be asked for anew. */
  | { t: "changed" }
  | { t: "event"; name: EventName; detail: unknown };

export interface Page {
  url: string;
  title: string;
}

export type EventName =
  | "ready" | "error" | "open" | "close" | "unread" | "message" | "message:sent" | "conversation:start"
  | "conversation:end" | "status" | "agent:joined" | "session" | "page";

/** What a page may hand to boot(). */
export interface Settings {
  /** Public key of the site; data-site of the script tag. */
  site?: string;
  /** Origin of the server; that of the script by default. */
  server?: string;
  locale?: string;
  position?: "right" | "left";
  /** "#rrggbb" */
  color?: string;
  /** Words on the launcher beside its picture. */
  label?: string;
  zIndex?: number;
  hideLauncher?: boolean;
  /** CSS selector; a click on a match opens the panel. [data-rapport-open] always does. */
  openOn?: string;
  /** False: nothing is kept in the browser and no page is told; the chat works all the same. */
  consent?: boolean;
  token?: TokenSource;
  attributes?: Attributes;
  trackPages?: boolean;
}

/** The launcher's words, from the catalogue of the page's language. */
export interface LauncherWords {
  /** Their language, whatever the page calls its own. */
  lang: string;
  open: string;
  close: string;
  frame: string;
  unread: { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
}
