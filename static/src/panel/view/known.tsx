/** What is known about this visitor: to see, to take along, to have removed. */
import { useEffect, useState } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import type { Known as Facts, KnownConversation, KnownPerson } from "../../wire";
import css from "../styles/known.css?sheet";
import lists from "../styles/lists.css?sheet";
import type { App } from "../app";
import { plural, t } from "../words";
import { asVisitor } from "./as-visitor";
import type { Screen } from "./screen";
import { profileOf, takeAlong } from "./take-along";
import { brief, exact } from "./time";

wear(lists);
wear(css);

export function Known({ app, screen }: { app: App; screen: Screen }) {
  const [facts, tell] = useState<Facts | null>(null);
  const [state, set] = useState<"" | "missing" | "gone">("");
  const fetchIt = () => {
    set("");
    asVisitor<Facts>(app, "known").then(tell, () => set("missing"));
  };
  useEffect(fetchIt, []);
  return (
    <section class="earlier known" aria-labelledby="known" aria-busy={!facts && !state}>
      <h2 id="known">{t("menu.known")}</h2>
      {state === "gone" ? (
        <Gone screen={screen} />
      ) : state === "missing" ? (
        <p class="note" role="alert">{t("panel.missing")} <button type="button" class="quiet" onClick={fetchIt}>{t("thread.again")}</button></p>
      ) : (
        facts && <All app={app} facts={facts} gone={() => set("gone")} />
      )}
    </section>
  );
}

function Gone({ screen }: { screen: Screen }) {
  return (
    <div role="status">
      <p class="note">{t("known.gone")}</p>
      <p class="ways"><button type="button" class="quiet" onClick={() => screen.begin()}>{t("known.on")}</button></p>
    </div>
  );
}

function All({ app, facts, gone }: { app: App; facts: Facts; gone: () => void }) {
  return (
    <>
      <p class="note">{t("known.lead")}</p>
      <Profile person={facts.person} />
      <Talks list={facts.conversations} />
      {facts.promises.length > 0 && <p class="note">{plural("known.promises", facts.promises.length)}</p>}
      {facts.pages.length > 0 && (
        <details>
          <summary>{plural("known.pages", facts.pages.length)}</summary>
          <ul>
            {facts.pages.map((p) => (
              <li key={p.at + p.url} class="part"><bdi>{p.title || p.url}</bdi> <time title={exact(p.at)}>{brief(p.at)}</time></li>
            ))}
          </ul>
        </details>
      )}
      {facts.notes > 0 && <p class="note">{plural("known.notes", facts.notes)}</p>}
      {facts.sensitive.map((n) => (
        <p key={n.at} class="note">
          <bdi>{n.text}</bdi><br /><small>{t("known.agreed", { date: exact(n.until) })} <bdi>{n.consent}</bdi></small>
        </p>
      ))}
      <p class="note">{plural("known.browsers", facts.browsers)}</p>
      <Ways app={app} facts={facts} gone={gone} />
    </>
  );
}

function Profile({ person }: { person: KnownPerson }) {
  return (
    <dl>
      {profileOf(person).map(({ label, value, from }) => (
        <div key={label}>
          <dt><bdi>{label}</bdi></dt>
          <dd><bdi>{value}</bdi>{from && <small>{from}</small>}</dd>
        </div>
      ))}
    </dl>
  );
}

function Talks({ list }: { list: readonly KnownConversation[] }) {
  if (list.length === 0) return null;
  return (
    <>
      <h3>{plural("known.talks", list.length)}</h3>
      <ul>
        {list.map((c) => (
          <li key={c.id} class="part">
            <span class="preview" dir="auto">{c.last.text}</span>
            {c.feedback.map((f) => f.rating > 0 && <small key={f.at}>{t("known.rated", { rating: f.rating })}</small>)}
            <time title={exact(c.started_at)}>{brief(c.started_at)}</time>
          </li>
        ))}
      </ul>
    </>
  );
}

type Doing = "" | "asks" | "takes" | "removes" | "failed";

/** The two things to do with it. Removing is asked about once more, since nobody can take it back. */
function Ways({ app, facts, gone }: { app: App; facts: Facts; gone: () => void }) {
  const [doing, set] = useState<Doing>("");
  const busy = doing === "takes" || doing === "removes";
  const take = () => {
    set("takes");
    takeAlong(app, facts).then(() => set(""), () => set("failed"));
  };
  const remove = async () => {
    set("removes");
    try {
      await asVisitor(app, "known/erase", {});
    } catch {
      return set("failed");
    }
    app.chosen.value = null;
    app.run({ do: "reset" });
    gone();
  };
  return (
    <>
      {doing === "failed" && <p class="note" role="alert">{t("known.failed")}</p>}
      {doing === "asks" || doing === "removes" ? (
        <div class="sure" role="group" aria-labelledby="sure">
          <p id="sure">{t(facts.person.verified ? "known.sure_signed" : "known.sure")}</p>
          <p class="ways">
            <button type="button" class="remove" disabled={busy} onClick={() => void remove()}>{t("known.remove")}</button>
            <button type="button" class="quiet" disabled={busy} ref={(b) => b?.focus()} onClick={() => set("")}>{t("known.keep")}</button>
          </p>
        </div>
      ) : (
        <p class="ways">
          <button type="button" class="quiet" disabled={busy} onClick={take}>{t("known.take")}</button>
          <button type="button" class="quiet" disabled={busy} onClick={() => set("asks")}>{t("known.ask")}</button>
        </p>
      )}
    </>
  );
}
