import type { CustomerPromise, Failure, Feedback, Session, SessionRequest, Solved, VisitorPage } from "../../wire";

/** A refusal by the server, in its own words, or "offline" when there was no answer. */
export class Refusal extends Error {
  constructor(public readonly failure: Failure) {
    super(failure.message);
  }
}

/** What a customer says of a conversation at one time; what is left out stays as it was. */
export type Said = Partial<Pick<Feedback, "rating" | "comment">> & { solved?: Solved };

/** The widget's HTTP calls; token as the server gave it in the session. */
export interface Api {
  session(request: SessionRequest): Promise<Session>;
  page(token: string, conversation: string, before?: number): Promise<VisitorPage>;
  end(token: string, conversation: string): Promise<unknown>;
  feedback(token: string, conversation: string, said: Said): Promise<Feedback>;
  attributes(token: string, attributes: Record<string, string>, name?: string, email?: string): Promise<unknown>;
  /** Of all conversations: open ones first, then the latest. */
  promises(token: string): Promise<CustomerPromise[]>;
  /** Reaches the server even when the page is left in the same moment. */
  forget(token: string): Promise<void>;
}

async function call<T>(path: string, token: string, body?: unknown, keepalive = false): Promise<T> {
  const headers: Record<string, string> = {};
  if (token) headers["Authorization"] = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(`/v1/widget/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      keepalive,
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    throw new Refusal({ code: "offline", message: "" });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal({ code: "internal", message: response.statusText, ...answer });
  return answer as T;
}

export const http: Api = {
  session: (request) => call("session", "", request),
  page: (token, id, before) => call(`conversations/${id}/messages${before ? `?before=${before}` : ""}`, token),
  end: (token, id) => call(`conversations/${id}/end`, token, {}),
  feedback: (token, id, said) => call(`conversations/${id}/feedback`, token, said),
  attributes: (token, attributes, name, email) => call("attributes", token, { attributes, name, email }),
  promises: async (token) => (await call<{ promises: CustomerPromise[] }>("promises", token)).promises,
  forget: (token) => call("forget", token, {}, true),
};
