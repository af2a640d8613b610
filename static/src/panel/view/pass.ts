import { Unreached } from "../../files/uploads";
import type { App } from "../app";

/** The engine hands a token out within so long, in ms, or not at all: without a connection, perhaps. */
const PATIENCE = 15_000;

/** A token of the session, whichever tab holds it; fresh: the last one was refused. */
export function pass(app: App, fresh = false): Promise<string> {
  const asked = Date.now();
  const refused = fresh && app.model.peek().pass?.token;
  app.run({ do: "pass", fresh });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Unreached());
    }, PATIENCE);
    const stop = app.model.subscribe(({ pass: got }) => {
      if (!got || got.at < asked || got.token === refused) return;
      clearTimeout(timer);
      queueMicrotask(() => stop());
      resolve(got.token);
    });
  });
}

/** Asks the server as this visitor, a second time where the token has run out. Rejects as Unreached when there is no good answer. */
export async function request(app: App, path: string, body?: object): Promise<Response> {
  const ask = (token: string) => fetch(`/v1/widget/${path}`, {
    method: body ? "POST" : "GET",
    headers: { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) },
    body: body ? JSON.stringify(body) : null,
    credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
  });
  let answer = await ask(await pass(app));
  if (answer.status === 401) answer = await ask(await pass(app, true));
  if (!answer.ok) throw new Unreached();
  return answer;
}

/** What request answers, read. */
export const asVisitor = async <T,>(app: App, path: string, body?: object): Promise<T> => await (await request(app, path, body)).json() as T;
