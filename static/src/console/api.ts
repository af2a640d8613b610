/** Calls of the console's HTTP interface: session cookie, CSRF token, one shape of error. */
import type { Failure } from "../wire/protocol";

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
let onSignedOut: () => void = () => {};

/** Keeps this session's token for all calls that change something. */
export function useCsrf(token: string): void {
  csrf = token;
}
export function csrfToken(): string {
  return csrf;
}
/** Called once per answer that says the session is over. */
export function whenSignedOut(fn: () => void): void {
  onSignedOut = fn;
}

async function failureOf(res: Response): Promise<ApiError> {
  const body = (await res.json().catch(() => null)) as Failure | null;
  return new ApiError(res.status, body?.code ?? "internal", body?.message ?? res.statusText, body?.field ?? "");
}

async function call<T>(method: string, path: string, body?: unknown, quiet = false): Promise<T> {
  const headers: Record<string, string> = {};
  if (method !== "GET") {
    headers["X-CSRF-Token"] = csrf;
    headers["Content-Type"] = "application/json";
  }
  let res: Response;
  try {
    const sent = method === "GET" ? null : JSON.stringify(body ?? {});
    res = await fetch("/v1/console/" + path, { method, headers, body: sent, credentials: "same-origin" });
  } catch {
    throw new ApiError(0, "offline", "");
  }
  if (!res.ok) {
    const failure = await failureOf(res);
    if (res.status === 401 && !quiet) onSignedOut();
    throw failure;
  }
  const text = await res.text();
  return (text === "" ? {} : JSON.parse(text)) as T;
}

export const api = {
  get: <T>(path: string) => call<T>("GET", path),
  /** A GET whose 401 is an answer and not the end of the session. */
  ask: <T>(path: string) => call<T>("GET", path, undefined, true),
  post: <T>(path: string, body?: unknown) => call<T>("POST", path, body),
  /** A POST made while signed out: sign in, set-up, invitations. */
  enter: <T>(path: string, body: unknown) => call<T>("POST", path, body, true),
  put: <T>(path: string, body: unknown) => call<T>("PUT", path, body),
  patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, body),
  remove: <T>(path: string) => call<T>("DELETE", path),
};
