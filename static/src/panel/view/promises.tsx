import { signal } from "@preact/signals";
import { saveAs } from "../../files/save";
import { isLate, type CalendarFile, type CustomerPromise } from "../../wire";
import type { App } from "../app";
import { promisesOf } from "../engine/model";
import { t } from "../words";
import { asVisitor } from "./as-visitor";
import { due, exact } from "./time";

function state(p: CustomerPromise): string {
  if (isLate(p, Date.now())) return t("promises.late");
  if (p.state !== "open") return t(`promises.${p.state}`);
  if (p.moved) return t("promises.moved");
  if (p.kind === "appointment") return t("promises.meet");
  return p.whose === "ours" ? t("promises.open") : "";
}

/** The appointment whose file could not be fetched, or "". */
const failed = signal("");

/** An appointment for the visitor's own calendar. */
function Calendar({ app, id }: { app: App; id: string }) {
  const fetchIt = async () => {
    failed.value = "";
    try {
      const { name, text } = await asVisitor<CalendarFile>(app, `promises/${id}/calendar`);
      saveAs(new Blob([text], { type: "text/calendar" }), name);
    } catch {
      failed.value = id;
    }
  };
  return (
    <>
      <button type="button" class="link" onClick={() => void fetchIt()}>{t("promises.calendar")}</button>
      {failed.value === id && <p class="note" role="alert">{t("promises.trouble")}</p>}
    </>
  );
}

/** All that was promised, ours and the visitor's own part, the next due first. */
export function Promises({ app }: { app: App }) {
  const list = promisesOf(app.model.value);
  return (
    <section class="earlier promises" aria-labelledby="promises">
      <h2 id="promises">{t("menu.promises")}</h2>
      {app.model.value.promisesMissing && <p class="note" role="alert">{t("panel.missing")}</p>}
      {list.length === 0 && <p class="note">{t("promises.none")}</p>}
      <ul>
        {list.map((p) => (
          <li key={p.id} class={`${p.state} ${isLate(p, Date.now()) ? "overdue" : ""}`}>
            <span class="top">
              <span class="badge">{[p.whose === "theirs" && t("promise.yours"), state(p)].filter(Boolean).join(" · ")}</span>
              <time dateTime={new Date(p.due_at).toISOString()} title={exact(p.due_at)}>{p.kind === "appointment" ? due(p.due_at) : t("promise.by", { time: due(p.due_at) })}</time>
            </span>
            <p dir="auto">{p.text}</p>
            {p.place && <p dir="auto">{p.place}</p>}
            {p.kind === "appointment" && p.state === "open" && <Calendar app={app} id={p.id} />}
            {p.why && <p class="quote" dir="auto">{p.why}</p>}
          </li>
        ))}
      </ul>
      {list.length > 0 && <p class="note">{t("promises.zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}</p>}
    </section>
  );
}
