/** A conversation to take along: by e-mail, or as a file. Fetched when it is asked for. */
import { useId, useState } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import type { Failure, Transcript } from "../../wire";
import type { App } from "../app";
import type { Thread } from "../engine/model";
import { pass, PATIENCE } from "../pass";
import css from "../styles/copy.css?sheet";
import lists from "../styles/lists.css?sheet";
import { t, type Key } from "../words";
import { saveThread } from "./copy-file";

wear(lists);
wear(css);

/** What to say of a refusal; of any other, that there was no connection. */
const REFUSED: Partial<Record<Failure["code"], Key>> = {
  invalid: "copy.invalid", rate_limited: "copy.many", forbidden: "copy.refused", conflict: "copy.off",
};

/** Asks for a copy at this address. Rejects with the key of what to say. */
async function send(app: App, id: string, email: string): Promise<Transcript> {
  const ask = (token: string) => fetch(`/v1/widget/conversations/${id}/transcript`, {
    method: "POST", headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ email }), credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
  });
  let code: Failure["code"] | "" = "";
  try {
    let answer = await ask(await pass(app));
    if (answer.status === 401) answer = await ask(await pass(app, true));
    const told = await answer.json() as Transcript & Failure;
    if (answer.ok) return told;
    code = told.code;
  } catch {
    // No answer, or none that can be read.
  }
  throw (code && REFUSED[code]) || "copy.failed";
}

/** Somebody of the team has answered, as far as it is known here. */
const answered = (thread: Thread) => thread.more || thread.entries.some((e) => e.kind === "card" || (e.kind === "said" && e.message.author.kind === "agent" && e.message.kind !== "auto"));

export function Copy({ app }: { app: App }) {
  const thread = app.shown();
  if (!thread) return null;
  const { person } = app.model.value;
  const later = app.config.copies && !answered(thread) && !(person?.verified && person.email);
  return (
    <section class="earlier copy" aria-labelledby="copy">
      <h2 id="copy">{t(app.config.copies ? "menu.copy" : "menu.save")}</h2>
      {app.config.copies && !later && <ByMail key={thread.id} app={app} id={thread.id} />}
      {later && <p class="note">{t("copy.later")}</p>}
      <AsFile key={thread.id} app={app} id={thread.id} />
    </section>
  );
}

function ByMail({ app, id }: { app: App; id: string }) {
  const field = useId();
  const [email, write] = useState(app.model.value.person?.email ?? "");
  const [state, set] = useState<"" | "busy" | Key>("");
  const [to, tell] = useState("");
  if (to) {
    return (
      <div role="status">
        <p class="note">{t("copy.sent", { address: to })}</p>
        <p class="note">{t("copy.look")}</p>
      </div>
    );
  }
  const submit = (e: Event) => {
    e.preventDefault();
    if (state === "busy") return;
    set("busy");
    send(app, id, email.trim()).then((sent) => tell(sent.to), set);
  };
  const wrong = state !== "" && state !== "busy";
  return (
    <form onSubmit={submit}>
      <label for={field}>{t("copy.ask")}</label>
      <input
        id={field} type="email" required maxLength={254} autocomplete="email" dir="ltr" placeholder="name@example.com" value={email} aria-describedby={`${field}-to`}
        aria-invalid={state === "copy.invalid"} onInput={(e) => (write(e.currentTarget.value), wrong && set(""))}
      />
      <button aria-busy={state === "busy"}>{t(state === "busy" ? "copy.sending" : "copy.send")}</button>
      <p id={`${field}-to`}>{t("copy.to")}</p>
      {wrong && <p role="alert">{t(state as Key)}</p>}
    </form>
  );
}

function AsFile({ app, id }: { app: App; id: string }) {
  const [state, set] = useState<"" | "busy" | "failed">("");
  const save = () => {
    set("busy");
    saveThread(app, id).then(() => set(""), () => set("failed"));
  };
  return (
    <div class="as-file">
      <button type="button" class="quiet" disabled={state === "busy"} onClick={save}>{t("copy.file")}</button>
      {state === "failed" && <p class="note" role="alert">{t("copy.failed")}</p>}
    </div>
  );
}
