import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Answer } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { answers, fetchAnswers } from "../../state/answers";
import { manages, site } from "../../state/session";
import { Button } from "../../ui/button";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { AnswerEditor } from "../guide/answer-editor";
import { Remove, Row } from "../guide/row";
import { GuidePage } from "../guide/tabs";
import { useFetched } from "../guide/use-fetched";

const blank = (): Answer => ({ id: "", title: "", shortcut: "", text: "", link: "", words: [], pages: [], quick: false, updated_at: 0 });

/** The short facts that agents put in and the coach offers. */
export function Answers() {
  const [editing, edit] = useState<Answer | null>(null);
  const [query, setQuery] = useState("");
  const { loading, error, retry } = useFetched(fetchAnswers);
  const needle = query.trim().toLocaleLowerCase();
  const found = answers.value.filter((a) => !needle || `${a.title} ${a.shortcut} ${a.text} ${a.words.join(" ")}`.toLocaleLowerCase().includes(needle));
  const add = manages.value && (
    <Button kind="primary" onClick={() => edit(blank())}>
      <Plus size={16} /> {t("new_answer")}
    </Button>
  );
  const nothing = !loading && error === null && found.length === 0;
  return (
    <GuidePage at="answers" lead={t("answers_lead")} actions={add}>
      <input type="search" class="input" value={query} aria-label={t("search_answers")} placeholder={t("search_answers")} onInput={(e) => setQuery(e.currentTarget.value)} />
      {loading && answers.value.length === 0 && <Skeleton kind="row" />}
      {error !== null && <Trouble message={error} retry={retry} />}
      {nothing && <Empty title={needle ? t("nothing_found") : t("no_answers")}>{!needle && add}</Empty>}
      {found.length > 0 && (
        <ul>
          {found.map((a) => (
            <Row key={a.id} title={a.title} tags={<Tags answer={a} />} body={a.text} open={manages.value ? () => edit(a) : null}>
              {manages.value && <Remove name={a.title} body={t("remove_answer_body")} remove={() => api.remove(`sites/${site.value?.id}/answers/${a.id}`).then(fetchAnswers)} />}
            </Row>
          ))}
        </ul>
      )}
      {editing && <AnswerEditor answer={editing} onClose={() => edit(null)} />}
    </GuidePage>
  );
}

function Tags({ answer }: { answer: Answer }) {
  return (
    <>
      {answer.shortcut && <code dir="ltr">/{answer.shortcut}</code>}
      {answer.quick && <span class="tag">{t("answer_quick")}</span>}
    </>
  );
}
