import { useEffect, useRef } from "preact/hooks";
import { wear } from "../../console/ui/sheet";
import type { QuickAnswer } from "../../wire";
import { fitting, Reading } from "../answers";
import type { App } from "../app";
import css from "../styles/answers.css?sheet";
import { t } from "../words";
import { Icon } from "./icons";
import { Markdown } from "./markdown";
import type { Screen } from "./screen";

wear(css);

/** Short answers to read by oneself: before the first word, and from the menu later. They are no reply. */
export function Answers({ app, screen }: { app: App; screen: Screen }) {
  const r = (app.reading ??= new Reading(app.config.site));
  const list = r.list.value;
  useEffect(() => {
    if (!list) void r.fetch();
  }, []);
  if (r.missing.value) {
    return (
      <p class="note" role="alert">
        {t("panel.missing")} <button type="button" class="quiet" onClick={() => void r.fetch()}>{t("thread.again")}</button>
      </p>
    );
  }
  const first = screen.name.value === "thread";
  if (!list && !first) return <p class="note late" role="status">{t("thread.loading")}</p>;
  if (!list || (list.length === 0 && first)) return null;
  return (
    <section class="answers" aria-labelledby="answers">
      <h2 id="answers">{t("answers.title")}</h2>
      {list.length === 0 && <p class="note">{t("answers.none")}</p>}
      <ul>
        {fitting(list, app.page.value).map((a) => <Item key={a.id} app={app} screen={screen} r={r} answer={a} />)}
      </ul>
    </section>
  );
}

function Item({ app, screen, r, answer: { id, title, text, link } }: { app: App; screen: Screen; r: Reading; answer: QuickAnswer }) {
  const row = useRef<HTMLLIElement>(null);
  const open = r.open.value === id;
  useEffect(() => {
    if (open) row.current!.scrollIntoView({ block: "nearest" });
  }, [open]);
  const ask = () => {
    screen.show("thread");
    app.focusAsked.value++;
  };
  return (
    <li ref={row}>
      <h3>
        <button type="button" aria-expanded={open} aria-controls={open ? `answer-${id}` : undefined} onClick={() => r.turn(id)}>
          <bdi>{title}</bdi>
          <Icon name="fold" />
        </button>
      </h3>
      {open && (
        <div id={`answer-${id}`} class="answer">
          <p class="auto">{t("answers.automatic")}</p>
          <Markdown text={text} />
          {link && <a href={link} title={link} target="_blank" rel="noopener noreferrer nofollow">{t("answers.more")}</a>}
          <div class="after">
            {r.asked.value === id && <Helped r={r} id={id} />}
            {!app.reads() && <button type="button" onClick={ask}>{t("answers.ask")}</button>}
          </div>
        </div>
      )}
    </li>
  );
}

/** Asked at the first answer only, and once. */
function Helped({ r, id }: { r: Reading; id: string }) {
  const said = useRef<HTMLSpanElement>(null);
  const yes = () => {
    r.help(id);
    // The button goes; whoever pressed it hears what came of it.
    said.current!.focus();
  };
  return (
    <>
      <span ref={said} tabIndex={-1} role="status">{t(r.helped.value ? "answers.glad" : "answers.helped")}</span>
      {!r.helped.value && <button type="button" onClick={yes}>{t("answers.yes")}</button>}
    </>
  );
}
