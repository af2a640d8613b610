import { settings } from "./config";

/** The panel's one string: device secret and unsent messages. Held here too, where storage is blocked. */
let kept: string | null = null;

const key = () => `rapport:${settings.site}`;
export const consents = (): boolean => settings.consent !== false;

/** What there is now; another tab may have changed it, or taken it away. */
export const read = (): string | null => {
  if (consents()) {
    try {
      kept = localStorage.getItem(key());
    } catch {
      // Blocked: what this page holds is all there is.
    }
  }
  return kept;
};

export const keep = (value: string | null): void => {
  kept = value;
  try {
    if (value && consents()) localStorage.setItem(key(), value);
    else localStorage.removeItem(key());
  } catch {
    // Blocked or full: it lasts for the page's life.
  }
};
