import type { App } from "../app";
import type { Promised } from "../engine/model";
import { t } from "../words";
import { Icon } from "./icons";
import type { Screen } from "./screen";
import { due, exact } from "./time";

/** What became of a promise, in one line. */
export function promiseLine({ what, promise }: Promised): string {
  const { text, due_at, whose, why } = promise;
  const values = { text, time: due(due_at) };
  const yours = whose === "theirs";
  switch (what) {
    case "made": return promise.kind === "appointment" ? t("promise.meet", values) : t(yours ? "promise.made_yours" : "promise.made", values);
    case "kept": return t(yours ? "promise.kept_yours" : "promise.kept", values);
    case "moved": return because(t("promise.moved", values), why);
    case "broken": return because(t("promise.broken", values), why);
    case "dropped": return because(t("promise.dropped", values), why);
  }
}

const because = (line: string, why: string) => (why ? `${line} · ${why}` : line);

export function PromiseItem({ promised }: { promised: Promised }) {
  const { what, promise } = promised;
  return (
    <li class={`line promised ${what}`} title={exact(promise.due_at)}>
      <Icon name={what === "kept" ? "check" : "clock"} /> <bdi>{promiseLine(promised)}</bdi>
    </li>
  );
}

/** The next thing that somebody has said they would do, above the thread; it leads to the list. */
export function NextPromise({ app, screen }: { app: App; screen: Screen }) {
  const [next] = app.shown()?.promises ?? [];
  if (next?.state !== "open") return null;
  return (
    <button type="button" class="next-promise" onClick={() => screen.show("promises")}>
      <Icon name="clock" />
      <span class="grow">
        {next.whose === "theirs" && <b>{t("promise.yours")}: </b>}
        <bdi>{next.text}</bdi>
      </span>
      <time dateTime={new Date(next.due_at).toISOString()} title={exact(next.due_at)}>{t("promise.by", { time: due(next.due_at) })}</time>
    </button>
  );
}
