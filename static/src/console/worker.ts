/** The console's service worker, from the page's side: what it is told with, and where it leads. */
import type { Reach } from "../wire/protocol";
import { api } from "./api";
import { go } from "./nav";

const WORKER = "/console/sw.js";

interface Policy {
  createScriptURL(url: string): unknown;
}
declare const trustedTypes: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy } | undefined;

/** The one policy of the page, for the one address that is a script's. */
const policy = typeof trustedTypes === "undefined" ? undefined : trustedTypes.createPolicy("rapport", { createScriptURL: () => WORKER });

/** Whether this browser can have a service worker here at all: on https, or on this machine. */
export const workers = (): boolean => "serviceWorker" in navigator && isSecureContext;

/** Whether this browser can be told of what waits. */
export const canTell = (): boolean => workers() && "PushManager" in window && "Notification" in window;

let registered: Promise<ServiceWorkerRegistration> | undefined;

function register(): Promise<ServiceWorkerRegistration> {
  const url = (policy ? policy.createScriptURL(WORKER) : WORKER) as string;
  registered ??= navigator.serviceWorker.register(url, { scope: "/console/", updateViaCache: "none" });
  registered.catch(() => (registered = undefined)); // the next one tries again
  return registered;
}

/** Starts the worker, follows where its notes lead, and keeps this browser known if it is told already. */
export async function beginWorker(): Promise<void> {
  if (!workers()) return;
  navigator.serviceWorker.addEventListener("message", (e) => {
    const { type, path } = e.data as { type?: string; path?: string };
    if (type === "open" && path?.startsWith("/console/")) go(path.slice("/console".length));
  });
  try {
    const kept = await (await register()).pushManager?.getSubscription();
    if (kept) await know(kept);
  } catch {
    // the section on the account page says so where it matters
  }
}

/** Has this browser told from now on; asks for leave first, so it is called from a button only. */
export async function tellHere(key: string): Promise<Reach> {
  if ((await Notification.requestPermission()) !== "granted") throw new Denied();
  const { pushManager } = await register();
  const before = await pushManager.getSubscription();
  if (before && !sameKey(before, key)) await before.unsubscribe(); // of another installation, or one put back without its key
  return know(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) }));
}

/** Ends it in the browser itself; the server is told apart. */
export async function tellNoMore(): Promise<void> {
  const kept = await (await register()).pushManager?.getSubscription();
  await kept?.unsubscribe();
}

/** The person said no to notes, now or before. */
export class Denied extends Error {}

function know(kept: PushSubscription): Promise<Reach> {
  const { endpoint, keys } = kept.toJSON();
  return api.post<Reach>("me/reach/devices", { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] });
}

export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
}

function sameKey(kept: PushSubscription, key: string): boolean {
  const its = kept.options.applicationServerKey;
  return its !== null && new Uint8Array(its).join() === bytesOf(key).join();
}
