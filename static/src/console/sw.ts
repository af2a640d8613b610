/**
 * The console's service worker: shows what it is told while no console is open, and says
 * so when a page cannot be had. It keeps no page and no file: what changes with a release
 * is always asked for.
 */

/** As much of a service worker's world as is used; TypeScript's own library of it does not go with that of pages. */
interface Happening extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Pushed extends Happening {
  data: { json(): unknown } | null;
}
interface Clicked extends Happening {
  notification: Notification;
}
interface Asked extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Shown {
  url: string;
  focus(): Promise<Shown>;
  postMessage(message: unknown): void;
}
interface Worker {
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void>; matchAll(options: object): Promise<Shown[]>; openWindow(url: URL): Promise<unknown> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", work: (e: Happening) => void): void;
  addEventListener(type: "push", work: (e: Pushed) => void): void;
  addEventListener(type: "notificationclick", work: (e: Clicked) => void): void;
  addEventListener(type: "fetch", work: (e: Asked) => void): void;
}
declare const self: Worker;
export type {};

/** What the server sends; hub/reach knows these fields and no others. */
interface Note {
  tag: string;
  title: string;
  body: string;
  open: string;
  quiet: boolean;
}

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));

self.addEventListener("push", (e) => {
  const note = read(e.data);
  e.waitUntil(
    self.registration.showNotification(note.title, {
      body: note.body,
      tag: note.tag,
      icon: "/console/icon-192.png",
      badge: "/console/icon-192.png",
      silent: note.quiet,
      data: note.open,
      // A later call of the same is heard again.
      ...(note.quiet ? {} : { renotify: true }),
    } as NotificationOptions),
  );
});

/** Something is shown for every push: browsers end the right to those that show nothing. */
function read(data: Pushed["data"]): Note {
  try {
    const note = data?.json() as Note;
    if (typeof note.title === "string" && typeof note.open === "string" && note.open.startsWith("/console/")) return note;
  } catch {
    // not ours, or of a later release
  }
  return { tag: "rapport", title: "Rapport", body: "Something is waiting for you in the console.", open: "/console/", quiet: false };
}

self.addEventListener("notificationclick", (e) => {
  e.notification.close();
  e.waitUntil(show(new URL(e.notification.data as string, self.location.origin)));
});

/** Brings a console forward that is open already, else opens one. */
async function show(url: URL): Promise<void> {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const console = open.find((c) => new URL(c.url).pathname.startsWith("/console"));
  if (!console) return void (await self.clients.openWindow(url));
  await console.focus();
  console.postMessage({ type: "open", path: url.pathname });
}

self.addEventListener("fetch", (e) => {
  if (e.request.mode !== "navigate") return;
  e.respondWith(fetch(e.request).catch(() => offline()));
});

/** What stands in place of a page that cannot be had. */
function offline(): Response {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Rapport: no connection</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.5rem}a{color:inherit}</style>
<main><h1>No connection</h1><p>The console cannot reach its server from here, so there is nothing true to show you. What you had begun to write is kept on this device.</p><p><a href="">Try again</a></p></main></html>`;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'" };
  return new Response(body, { status: 503, headers });
}
