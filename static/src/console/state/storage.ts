/** The browser's own memory, under one prefix. Blocked or full storage is no error: the value just does not last. */
const PREFIX = "rapport:";

/** Reads a value, or the fallback when there is none or it cannot be read. */
export function recall<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

/** Keeps a value; undefined removes it. */
export function keep(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Private window or full disk: the page still holds the value.
  }
}

/** Keys under the prefix that begin with start, without the prefix. */
export function recallKeys(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((k) => k.startsWith(PREFIX + start))
      .map((k) => k.slice(PREFIX.length));
  } catch {
    return [];
  }
}
