import { BookOpen, ChevronRight, RefreshCw } from "lucide-preact";
import type { ConversationView, Template } from "../../../wire/protocol";
import { t } from "../../i18n";
import { answers, calls, readBy, standards, textOf } from "../../state/answers";
import { ideasFor } from "../../state/coach";
import { known, type Known } from "../../state/fit";
import { templates } from "../../state/guide";
import { fill } from "../../state/template";
import { IconButton } from "../../ui/button";
import { Keys } from "../../ui/keys";
import { fitWords } from "../guide/fit-words";
import { insertTemplate, insertText } from "../thread/writing";
import { ideaTurn } from "./turn";
import { NotNeeded } from "./unneeded";

/** Words to begin with, for this step and this customer; what may be useful besides; and what everybody here holds. */
export default function Ideas({ id, view }: { id: string; view: ConversationView }) {
  const k = known(view);
  const count = templates.value.filter((x) => x.steps.includes(k.step)).length;
  const ideas = ideasFor(templates.value, k, ideaTurn.value);
  return (
    <>
      <NotNeeded view={view} />
      {ideas.length > 0 && (
        <div class="ideas">
          <div class="section-head">
            <h4>{t("ideas")}</h4>
            {count > 3 && (
              <IconButton class="small" label={t("other_ideas")} onClick={() => ideaTurn.value++}>
                <RefreshCw size={13} />
              </IconButton>
            )}
          </div>
          <ol>
            {ideas.map((x, i) => (
              <Idea key={x.id} id={id} template={x} at={i} k={k} variables={view.variables} />
            ))}
          </ol>
        </div>
      )}
      <Useful id={id} view={view} />
      <Standards k={k} />
    </>
  );
}

function Idea({ id, template: x, at, k, variables }: { id: string; template: Template; at: number; k: Known; variables: Record<string, string> }) {
  return (
    <li>
      <button type="button" class="idea" title={fitWords(x, k) || undefined} onClick={() => insertTemplate(id, x)}>
        <span class="idea-head">
          <span class="grow">{x.title}</span>
          <Keys keys={`alt+${at + 1}`} />
        </span>
        <span class="idea-text">
          <bdi>{fill(x.body, variables)}</bdi>
        </span>
      </button>
    </li>
  );
}

/** Answers that their words or their page call for, but for those that they have read by themselves. */
function Useful({ id, view }: { id: string; view: ConversationView }) {
  const read = readBy(view);
  const found = answers.value.filter((a) => !read.has(a.id) && calls(a, view)).slice(0, 2);
  if (found.length === 0) return null;
  return (
    <div class="ideas">
      <div class="section-head">
        <h4>{t("useful")}</h4>
      </div>
      <ol>
        {found.map((a) => (
          <li key={a.id}>
            <button type="button" class="idea" title={t("answer_called")} onClick={() => insertText(id, textOf(a, view))}>
              <span class="idea-head">
                <BookOpen size={14} />
                <span class="grow">{a.title}</span>
              </span>
              <span class="idea-text">
                <bdi>{textOf(a, view)}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The minimum in this step, for whoever looks. */
function Standards({ k }: { k: Known }) {
  const here = standards.value.filter((s) => s.steps.length === 0 || s.steps.includes(k.step));
  if (here.length === 0) return null;
  return (
    <details class="fold">
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" /> {t("standards_here")}
      </summary>
      <ul class="prompts">
        {here.map((s) => (
          <li key={s.id} class="prompt" title={s.why}>
            <span class="prompt-text">{s.text}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
