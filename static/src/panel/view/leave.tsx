/** Instead of waiting: an address at which the customer can be reached. Fetched with the first automatic word. */
import { signal } from "@preact/signals";
import { useId, useState } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import type { App } from "../app";
import { pass, PATIENCE } from "../pass";
import css from "../styles/leave.css?sheet";
import { t } from "../words";
import { due } from "./time";

wear(css);

/** What was left, by conversation: by when an answer is promised, 0 for no promise. */
const left = signal<Readonly<Record<string, number>>>({});

async function leave(app: App, id: string, email: string): Promise<void> {
  const tell = (token: string) => fetch(`/v1/widget/conversations/${id}/address`, {
    method: "POST", headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ email }), credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
  });
  let answer = await tell(await pass(app));
  if (answer.status === 401) answer = await tell(await pass(app, true));
  if (!answer.ok) throw new Error(answer.statusText);
  left.value = { ...left.value, [id]: (await answer.json() as { due_at: number }).due_at };
}

/** Asks who waits for an address, once; nobody has to leave one. */
export function Leave({ app, id }: { app: App; id: string }) {
  const field = useId();
  const [email, write] = useState("");
  const [state, set] = useState<"" | "busy" | "failed">("");
  const by = left.value[id];
  if (by !== undefined) return <p class="leave" role="status">{by ? t("leave.thanks_by", { time: due(by) }) : t("leave.thanks")}</p>;
  if (app.model.value.person?.email) return null;
  const send = (e: Event) => {
    e.preventDefault();
    set("busy");
    leave(app, id, email).catch(() => set("failed"));
  };
  return (
    <form class="leave" onSubmit={send}>
      <label for={field}>{t("leave.ask")}</label>
      <input id={field} type="email" required maxLength={254} autocomplete="email" dir="ltr" placeholder="name@example.com" value={email} onInput={(e) => write(e.currentTarget.value)} />
      <button disabled={state === "busy"}>{t("leave.send")}</button>
      {state === "failed" && <p role="alert">{t("leave.failed")}</p>}
    </form>
  );
}
