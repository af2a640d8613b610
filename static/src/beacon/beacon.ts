/**
 * The beacon: follows the configuration where the site's owner wants to see who looks around, or to
 * invite them. Its id lives as long as the page; of who has neither written nor signed in it keeps
 * nothing in the browser. Who is invited, and when, is the server's to say.
 */
import type { Beacon, Heard, PageInvitation } from "../wire/protocol-visitors";
import { showCard } from "./card";
import { countVisit } from "./visits";

/** How often it tells that the page still stands open, ms. */
const EVERY = 20_000;
/** How often it looks whether the page has reported what a rule waits for, ms. */
const LOOK = 1_000;

interface Rapport {
  (name: "on" | "off", event: "page" | "open", fn: () => void): void;
  (name: "open"): void;
  (name: "update", attributes: { invitation: string; invitation_token?: string }): void;
  readonly state: { ready: boolean; tells: boolean; open: boolean; visible: boolean; locale: string; attributes: Record<string, string> };
  /** The beacon that runs. */
  b?: { site: string; tried?: string | undefined };
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

/** Which visit of this browser's it is; 0 where that is not counted. */
function visit(): number {
  try {
    return countVisit(site, Date.now(), localStorage);
  } catch {
    // Storage is blocked.
    return 0;
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

/** What the owner follows from a rule that they try. */
const tried = /^#rapport-try=([\w-]+)$/.exec(location.hash)?.[1];

/** Shows what is tried and tells nothing of this page; once that is over it is a page like any other. */
async function show(): Promise<void> {
  api.b = { site, tried };
  const beacon: Beacon = { site, id: "", gone: false, locale: api.state.locale, url: "", title: "", referrer: "", device: "", hidden: false, try: tried! };
  const heard = await fetch(`${server}/v1/widget/here`, { method: "POST", body: JSON.stringify(beacon), credentials: "omit" });
  if (heard.status === 404) return watch();
  const { invitation } = (await heard.json()) as Heard;
  if (!invitation) return;
  let takeAway: (() => void) | undefined;
  const done = (yes: boolean) => {
    takeAway?.();
    if (yes) api("open");
  };
  const place = () => {
    takeAway = showCard(invitation, done, invitation.words.tried);
    if (!takeAway) setTimeout(place, LOOK);
  };
  place();
}

function watch(): void {
  const self = (api.b = { site, tried });
  const id = hex(crypto.getRandomValues(new Uint8Array(16)));
  const stopping = new AbortController();
  const { signal } = stopping;
  let told = false;
  /** The page is being left; what is still on its way must not call it open. */
  let leaving = false;

  let soon: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    if (api.b === self) delete api.b;
    shown?.takeAway();
    stopping.abort();
  };
  /** What stands on the page of an invitation. */
  let shown: (Pick<PageInvitation, "from" | "text" | "token"> & { takeAway: () => void }) | undefined;
  /** Events that a rule waits for, and those of them that the page has reported. */
  let awaited: readonly string[] = [];
  let reported: readonly string[] = [];

  /** What has become of the invitation, until the server has heard it. */
  let unheard: Beacon["said"] = "";
  /** They have answered or declined, and are not asked again, whatever is still on its way. */
  let over = false;

  const say = async (gone: boolean) => {
    const known = gone ? "" : await device();
    if (leaving && !gone) return;
    told ||= !gone;
    const said = unheard;
    const { locale } = api.state;
    const beacon: Beacon = { site, id, gone, said, locale, url: bare(location.href), title: document.title.slice(0, 300), referrer: bare(document.referrer), device: known, hidden: document.hidden, visits: gone ? 0 : visit(), events: [...reported] };
    try {
      const heard = await fetch(`${server}/v1/widget/here`, { method: "POST", body: JSON.stringify(beacon), keepalive: true, credentials: "omit" });
      if (heard.status === 403 || heard.status === 404) return stop();
      if (!heard.ok || gone) return;
      if (unheard === said) unheard = "";
      const { every, events, invitation } = (await heard.json()) as Heard;
      awaited = events ?? [];
      clearTimeout(soon);
      // A rule that is a matter of seconds does not wait for the next turn.
      if (every < EVERY && !signal.aborted) soon = setTimeout(tell, every);
      if (invitation) invite(invitation);
    } catch {
      // Offline for a moment: the next one tells it.
    }
  };
  const invite = ({ from, text, token, words }: PageInvitation) => {
    const { open, visible } = api.state;
    // A page in the background asks again when it is looked at.
    if (shown || over || open || !visible || leaving || document.hidden) return;
    const takeAway = showCard({ from, text, words }, (yes) => (yes ? api("open") : close("declined")));
    if (!takeAway) return;
    shown = { from, text, token, takeAway };
    unheard = "shown";
    void say(false);
  };
  const close = (said: Beacon["said"]) => {
    shown?.takeAway();
    shown = undefined;
    over = true;
    unheard = said;
    void say(false);
  };
  /** However they open the chat, they answer; what they answer stands in their panel, as the server told it; no profile keeps it. */
  const opened = () => {
    if (!shown) return;
    api("update", { invitation: `${shown.from}: ${shown.text}`, ...(shown.token && { invitation_token: shown.token }) });
    close("answered");
  };
  /** Tells, unless the visitor or the page does not want it, or the chat has left the page. */
  const tell = () => {
    const { ready, tells } = api.state;
    if (ready && tells && api.b === self) return void say(false);
    if (told) void say(true);
    stop();
  };

  api("on", "page", tell);
  api("on", "open", opened);
  signal.addEventListener("abort", () => {
    api("off", "page", tell);
    api("off", "open", opened);
  });
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
  const look = () => {
    const { attributes } = api.state;
    const now = awaited.filter((name) => `event:${name}` in attributes);
    if (now.join() === reported.join()) return;
    reported = now;
    tell();
  };
  const timers = [setInterval(tell, EVERY), setInterval(look, LOOK)];
  signal.addEventListener("abort", () => [...timers, soon].forEach(clearInterval));
  tell();
}

// The configuration is asked for again every minute, and this with it.
if (tried ? api.b?.tried !== tried : api.b?.site !== site) {
  if (tried) show().catch(() => {});
  else watch();
}
