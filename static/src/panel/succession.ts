import type { Kept } from "./engine/session";
import type { Model } from "./engine/model";

/** What the leading tab tells the others of itself. */
export interface Mirror {
  model: Model;
  kept: Kept | null;
}

/**
 * What a tab that takes the lead goes on with. Storage has the last word, because a mirror may be
 * older than a reset: a model is taken over only if it belongs to the device that is stored.
 * stores: false where the page lets nothing be stored, so that the mirror is all there is.
 */
export function takeOver(mirror: Mirror | null, stored: Kept | null, stores: boolean): { kept: Kept | null; model?: Model } {
  const kept = stores ? stored : (mirror?.kept ?? stored);
  if (!mirror || mirror.kept?.secret !== kept?.secret) return { kept };
  return { kept, model: { ...mirror.model, arriving: false, pending: kept?.out ?? [] } };
}

/** The name under which tabs are one visitor: storage belongs to an origin, and so does the visitor. */
export function visitorName(site: string, origin: string): string {
  return `rapport:${site}:${origin}`;
}
