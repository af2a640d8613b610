import { Unreached } from "../../files/uploads";
import type { App } from "../app";
import { pass, PATIENCE } from "../pass";

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
