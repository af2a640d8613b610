import type { WidgetConfig } from "../wire/protocol";
import { emit } from "./events";
import type { Attributes, LauncherWords, Settings } from "./port";

const MINUTE = 60_000;

/** What the page set, what the site's owner set, and the launcher's words. */
export let settings: Settings = {};
export let config: WidgetConfig | undefined;
export let words: LauncherWords;
/** online, away, or offline while unknown. */
export let status = "offline";
/** What the page has told about the customer, without proof. */
export let attributes: Attributes = {};

declare global {
  interface Window {
    /** As far as we use it; lib.dom does not know it, nor do all browsers. */
    trustedTypes?: { createPolicy<R>(name: string, rules: R): R };
  }
}

/** When the configuration was last asked for; 0 while it is not wanted. */
let askedAt = 0;
let applied = "";
let origin: string;
let apply: (first: boolean) => void;

/** from: the script's origin. changed: draws everything anew; first when there was nothing before. */
export const setUp = (from: string, changed: (first: boolean) => void): void => {
  origin = from;
  apply = changed;
};

export const configure = (more: Settings): void => {
  settings = { ...settings, ...more };
};

/** An answer that is still on its way is not wanted any more. */
export const forget = (): void => {
  config = undefined;
  applied = "";
  askedAt = 0;
};

/** Attributes are text; what has no text is left out. Returns those of this call. */
export const addAttributes = (values: Record<string, unknown> | undefined): Attributes => {
  const fresh: Attributes = {};
  for (const key in values) if (values[key] !== undefined) fresh[key] = `${values[key] as string}`;
  attributes = { ...attributes, ...fresh };
  return fresh;
};

export const clearAttributes = (): void => {
  attributes = {};
};

export const server = (): string => settings.server || origin;
export const locale = (): string => settings.locale || document.documentElement.lang || navigator.language;
export const query = (): string => `?site=${encodeURIComponent(settings.site!)}&locale=${encodeURIComponent(locale())}`;

/**
 * Hosts that enforce Trusted Types take a script's address from a policy only. Ours, "rapport",
 * gives this one address, whatever more it is asked.
 */
const rules = { createScriptURL: (more: string): string => `${server()}/v1/widget/config.js${query()}${more}` };
let policy: typeof rules | undefined;

/**
 * The configuration comes as a script: a strict host's connect-src is closed to us. more: what
 * leads past the one that the browser has kept for a minute.
 */
export const ask = (more = ""): void => {
  askedAt = Date.now();
  const script = document.createElement("script");
  script.src = (policy ||= window.trustedTypes?.createPolicy("rapport", rules) || rules).createScriptURL(more);
  script.onerror = () => emit("error", { code: "config" });
  document.head.append(script);
  // It comes and runs all the same.
  script.remove();
};

/** A page that is looked at has settings no older than a minute. */
export const askIfOld = (): void => {
  if (!document.hidden && Date.now() - askedAt > MINUTE) ask();
};

/** Called by the configuration script, the first time and whenever it is asked for again. */
export const configured = (fresh: WidgetConfig, freshWords: LauncherWords): void => {
  if (!askedAt || fresh.site !== settings.site) return;
  config = fresh;
  words = freshWords;
  noteStatus(fresh.presence.status);
  // The version is the site's, whatever the language.
  const look = fresh.version + words.lang;
  if (look !== applied) apply(!applied);
  applied = look;
};

export const noteStatus = (fresh: string): void => {
  if (fresh === status) return;
  status = fresh;
  emit("status", fresh);
};
