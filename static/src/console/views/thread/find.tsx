import { go } from "fuzzysort";
import { useEffect } from "preact/hooks";
import type { Answer, ConversationView, Template } from "../../../wire/protocol";
import { t } from "../../i18n";
import { answers, calls, textOf } from "../../state/answers";
import { byFit, known } from "../../state/fit";
import { templates } from "../../state/guide";
import { fill } from "../../state/template";
import css from "../../styles/find.css?sheet";
import { wear } from "../../ui/sheet";
import { stepName } from "../../words";
import { Clip } from "../guide/clip";
import { fitWords } from "../guide/fit-words";
import { Mirror } from "./mirror";
import type { Found, Slash } from "./slash";

export { answers };

wear(css);

const SHOWN = 7;

/** The rows for what was typed: by fit while it is nothing, else by likeness; an answer that their words call for comes first. */
export function search(query: string, view: ConversationView): Found[] {
  const k = known(view);
  const ordered = [...templates.value].sort(byFit(k));
  const called = answers.value.filter((a) => calls(a, view));
  if (!query) return [...called.slice(0, 2).map((a) => ofAnswer(a, view)), ...ordered.map((x) => ofTemplate(x, view))].slice(0, SHOWN);
  const all = [...ordered.map((x) => ({ ...x, text: x.body, row: () => ofTemplate(x, view) })), ...answers.value.map((a) => ({ ...a, row: () => ofAnswer(a, view) }))];
  const exact = all.filter((x) => x.shortcut === query.toLocaleLowerCase());
  const like = go(query, all, { keys: ["shortcut", "title", "text"], limit: SHOWN, threshold: 0.5 }).map((r) => r.obj);
  return [...new Set([...exact, ...like])].slice(0, SHOWN).map((x) => x.row());
}

function ofTemplate(x: Template, view: ConversationView): Found {
  return { key: x.id, title: x.title, shortcut: x.shortcut, note: x.steps.map(stepName).join(", "), why: fitWords(x, known(view)), text: fill(x.body, view.variables), template: x.id, files: x.files?.length ?? 0 };
}

function ofAnswer(a: Answer, view: ConversationView): Found {
  return { key: a.id, title: a.title, shortcut: a.shortcut, note: t("answer"), why: calls(a, view) ? t("answer_called") : "", text: textOf(a, view), template: "", files: 0 };
}

/** The rows above the field, and beside them what the one in hand would say. */
export function Menu({ slash }: { slash: Slash }) {
  useEffect(() => document.getElementById(`slash-${slash.at}`)?.scrollIntoView({ block: "nearest" }), [slash.at]);
  const chosen = slash.found[slash.at];
  return (
    <div class="slash">
      <div class="slash-list" role="listbox" id="slash-menu" aria-label={t("templates_answers")}>
        {slash.found.map((x, i) => (
          <div
            key={x.key}
            id={`slash-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === slash.at}
            title={x.why || undefined}
            class={`slash-item ${i === slash.at ? "on" : ""}`}
            onMouseEnter={() => slash.point(i)}
            onMouseDown={(e) => {
              e.preventDefault();
              slash.choose(i);
            }}
          >
            <span class="slash-title">{x.title}</span>
            {x.files > 0 && <Clip files={x.files} />}
            {x.shortcut && <code dir="ltr">/{x.shortcut}</code>}
            <span class="slash-steps">{x.note}</span>
          </div>
        ))}
      </div>
      {chosen && (
        <div class="slash-preview">
          <Mirror text={chosen.text} />
          <p class="quiet">
            {chosen.why && <>{chosen.why} · </>}
            {t("slash_keys")}
          </p>
        </div>
      )}
    </div>
  );
}
