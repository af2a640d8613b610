/**
 * The visitor list's beacon: follows the configuration where the site's owner wants to see who looks
 * around. It keeps nothing in the browser; its id lives as long as the page.
 */

/** How often it tells that the page still stands open, ms. */
const EVERY = 20_000;

interface Rapport {
  (name: "on" | "off", event: "page", fn: () => void): void;
  readonly state: { ready: boolean; tells: boolean };
  /** The beacon that runs. */
  b?: { site: string };
}

const api = (window as unknown as { Rapport: Rapport }).Rapport;
const script = new URL((document.currentScript as HTMLScriptElement).src);
const server = script.origin;
const site = script.searchParams.get("site")!;

/** Hexadecimal digits of bytes. */
const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

/** The hash of the secret that the chat keeps, once there is one: who has written before is known by name. */
async function device(): Promise<string> {
  try {
    const { secret } = JSON.parse(localStorage.getItem(`rapport:${site}`)!) as { secret: string };
    return secret ? hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret)))) : "";
  } catch {
    // Nothing is kept, storage is blocked, or the page has no secure origin.
    return "";
  }
}

/** An address without what may be nobody's business; of another site only the origin. */
function bare(address: string): string {
  try {
    const { origin, pathname } = new URL(address);
    return origin === location.origin ? origin + pathname : origin;
  } catch {
    return "";
  }
}

function watch(): void {
  const self = (api.b = { site });
  const id = hex(crypto.getRandomValues(new Uint8Array(16)));
  const stopping = new AbortController();
  const { signal } = stopping;
  let told = false;
  /** The page is being left; what is still on its way must not call it open. */
  let leaving = false;

  const stop = () => {
    if (api.b === self) delete api.b;
    stopping.abort();
  };
  const say = async (gone: boolean) => {
    const known = gone ? "" : await device();
    if (leaving && !gone) return;
    told ||= !gone;
    const body = JSON.stringify({ site, id, gone, url: bare(location.href), title: document.title.slice(0, 300), referrer: bare(document.referrer), device: known, hidden: document.hidden });
    try {
      const { status } = await fetch(`${server}/v1/widget/here`, { method: "POST", body, keepalive: true, credentials: "omit" });
      if (status === 403 || status === 404) stop();
    } catch {
      // Offline for a moment: the next one tells it.
    }
  };
  /** Tells, unless the visitor or the page does not want it, or the chat has left the page. */
  const tell = () => {
    const { ready, tells } = api.state;
    if (ready && tells && api.b === self) return void say(false);
    if (told) void say(true);
    stop();
  };

  api("on", "page", tell);
  signal.addEventListener("abort", () => api("off", "page", tell));
  document.addEventListener("visibilitychange", tell, { signal });
  const leave = () => {
    leaving = true;
    void say(true);
  };
  const comeBack = (e: PageTransitionEvent) => {
    leaving = false;
    if (e.persisted) tell();
  };
  addEventListener("pagehide", leave, { signal });
  addEventListener("pageshow", comeBack, { signal });
  // A policy that closes fetching will not open by itself.
  document.addEventListener("securitypolicyviolation", (e) => e.blockedURI.startsWith(server + "/v1/widget/here") && stop(), { signal });
  const timer = setInterval(tell, EVERY);
  signal.addEventListener("abort", () => clearInterval(timer));
  tell();
}

// The configuration is asked for again every minute, and this with it.
if (api.b?.site !== site) watch();
