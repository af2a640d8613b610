/** Calls of the console's HTTP interface: session cookie, CSRF token, one shape of error. */
import type { Failure } from "../wire/protocol";
import { t } from "./i18n";

/** An answer that takes longer than this does not come any more, ms. */
const PATIENCE = 30_000;

/** What went wrong: a code for programs and a sentence for people. "offline" when no answer came at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string = "",
  ) {
    super(message);
  }
}

let csrf = "";
/** The page goes: what it asks for now is asked without it. */
let leaving = false;
let onSignedOut: () => void = () => {};
let settle: () => Promise<void> | void = () => {};

/** What changes whose a conversation is or how it stands, and the end of a session: words that wait come before. */
const DEED = /^(logout$|conversations\/[^/]+\/(take|release|close|reopen|give|move|snooze|handover|guests|cards|matter|matters|step)\b)/;

/** Keeps this session's token for all calls that change something. */
export function useCsrf(token: string): void {
  csrf = token;
}
export function csrfToken(): string {
  return csrf;
}
/** Called before a deed that must not overtake what was said before it. */
export function whenSettling(fn: typeof settle): void {
  settle = fn;
}
/** Called once per answer that says the session is over. */
export function whenSignedOut(fn: () => void): void {
  onSignedOut = fn;
}

/** A page that the browser keeps may come back, and one that was to go may stay, as after a download. */
export function watchLeaving(): void {
  addEventListener("beforeunload", () => {
    leaving = true;
    setTimeout(() => (leaving = false), 2_000);
  });
  addEventListener("pagehide", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
}

function failureOf(status: number, text: string): ApiError {
  try {
    const { code, message, field } = JSON.parse(text) as Failure;
    return new ApiError(status, code, message, field);
  } catch {
    // A proxy's page: the server itself was not reached.
    return new ApiError(status, "internal", t("no_connection"));
  }
}

async function call<T>(method: string, path: string, body?: unknown, quiet = false): Promise<T> {
  const headers: Record<string, string> = method === "GET" ? {} : { "Content-Type": "application/json" };
  if (method !== "GET" && DEED.test(path)) await settle();
  return reach(method, path, headers, method === "GET" ? null : JSON.stringify(body ?? {}), quiet);
}

async function reach<T>(method: string, path: string, headers: Record<string, string>, sent: BodyInit | null, quiet: boolean): Promise<T> {
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  const { status, ok, text } = await fetch("/v1/console/" + path, { method, headers, body: sent, credentials: "same-origin", ...(leaving ? { keepalive: true } : { signal: AbortSignal.timeout(PATIENCE) }) })
    .then(async (res) => ({ status: res.status, ok: res.ok, text: await res.text() }))
    .catch(() => {
      throw new ApiError(0, "offline", t("no_connection"));
    });
  if (ok) return (text === "" ? {} : JSON.parse(text)) as T;
  if (status === 401 && !quiet) onSignedOut();
  throw failureOf(status, text);
}

export const api = {
  get: <T>(path: string) => call<T>("GET", path),
  /** A GET whose 401 is an answer and not the end of the session. */
  ask: <T>(path: string) => call<T>("GET", path, undefined, true),
  post: <T>(path: string, body?: unknown) => call<T>("POST", path, body),
  /** A POST made while signed out: sign in, set-up, invitations. */
  enter: <T>(path: string, body: unknown) => call<T>("POST", path, body, true),
  /** A POST of a file, under a name as a Content-Disposition header says it. */
  send: <T>(path: string, file: File, name: string) => reach<T>("POST", path, { "Content-Type": file.type || "application/octet-stream", "Content-Disposition": name }, file, false),
  put: <T>(path: string, body: unknown) => call<T>("PUT", path, body),
  patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, body),
  remove: <T>(path: string) => call<T>("DELETE", path),
};
