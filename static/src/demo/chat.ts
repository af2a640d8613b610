/** The shop's side of the chat: every call goes through here, so that the tool page can show it. */
type Call = (command: string, ...args: unknown[]) => unknown;

export interface Happening {
  at: number;
  kind: "call" | "event";
  name: string;
  detail: unknown;
}

export const events = [
  "ready", "error", "open", "close", "unread", "message", "message:sent", "conversation:start", "conversation:end",
  "status", "agent:joined", "session", "page",
];

export const happenings: Happening[] = [];
const watchers: (() => void)[] = [];

export function watch(fn: () => void): void {
  watchers.push(fn);
}

function note(kind: Happening["kind"], name: string, detail: unknown): void {
  happenings.push({ at: Date.now(), kind, name, detail });
  for (const fn of watchers) fn();
}

const page = window as unknown as { Rapport?: Call & { q?: unknown[]; state?: unknown } };

/** Calls the widget; before its script has come, the call waits in the queue that it reads. */
export function chat(command: string, ...args: unknown[]): void {
  note("call", command, args);
  if (!page.Rapport) {
    const queue: unknown[] = [];
    page.Rapport = Object.assign((...call: unknown[]) => queue.push(call), { q: queue });
  }
  page.Rapport(command, ...args);
}

export function chatState(): unknown {
  return page.Rapport?.state ?? null;
}

export function listen(): void {
  for (const name of events) {
    document.addEventListener(`rapport:${name}`, (e) => note("event", name, (e as CustomEvent).detail));
  }
}
