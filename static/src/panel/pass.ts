import type { App } from "./app";
import { Unreached } from "../files/uploads";

/** The engine hands a token out within so long, in ms, or not at all: without a connection, perhaps. */
export const PATIENCE = 15_000;

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
