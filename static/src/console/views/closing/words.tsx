import { useId } from "preact/hooks";
import type { ConversationView, Template } from "../../../wire/protocol";
import { t } from "../../i18n";
import { byFit, known } from "../../state/fit";
import { templates } from "../../state/guide";
import { fill, missing } from "../../state/template";
import { TextArea } from "../../ui/field";
import { lackWords } from "./lack";

/** Words to be said later, and the template that they came from, "" for none. */
export interface LaterWords {
  text: string;
  template: string;
}

interface Props extends LaterWords {
  view: ConversationView;
  error?: string | undefined;
  onWords: (words: LaterWords) => void;
}

/** What a customer hears later: one's own words, or a template's with its variables, which are filled then. */
export function LaterWordsField({ view, text, template, error, onWords }: Props) {
  return (
    <>
      <TemplateChoice view={view} template={template} choose={(x) => onWords(x ? { text: x.body, template: x.id } : { text, template: "" })} />
      <TextArea label={t("follow_up_text")} rows={3} maxLength={10_000} value={text} error={error} onValue={(words) => onWords({ text: words, template })} />
      <Along template={template} />
      {text.includes("{{") && <Reads text={text} variables={view.variables} />}
    </>
  );
}

function TemplateChoice({ view, template, choose }: { view: ConversationView; template: string; choose: (x: Template | undefined) => void }) {
  const id = useId();
  const k = { ...known(view), step: "closing" as const };
  const fitting = templates.value.filter((x) => x.steps.includes("closing")).sort(byFit(k));
  if (fitting.length === 0) return null;
  return (
    <div class="field later-from">
      <label class="field-label" for={id}>
        {t("follow_up_from")}
      </label>
      <select id={id} class="input select" value={template} onChange={(e) => choose(fitting.find((x) => x.id === e.currentTarget.value))}>
        <option value="">{t("follow_up_own")}</option>
        {fitting.map((x) => (
          <option key={x.id} value={x.id}>
            {x.title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The files that go with it, which its template keeps. */
function Along({ template }: { template: string }) {
  const files = templates.value.find((x) => x.id === template)?.files;
  if (!files) return null;
  return (
    <p class="quiet" dir="auto">
      {t("follow_up_along", { names: files.map((f) => f.name).join(", ") })}
    </p>
  );
}

/** How it would read today, and what is not known yet. */
function Reads({ text, variables }: { text: string; variables: Record<string, string> }) {
  const filled = fill(text, variables);
  const [lack] = missing(filled);
  return (
    <p class={lack ? "later-reads later-lacks" : "later-reads"} dir="auto" aria-live="polite">
      {lack ? t("follow_up_would_lack", { name: lackWords(lack) }) : t("follow_up_reads", { text: filled })}
    </p>
  );
}
