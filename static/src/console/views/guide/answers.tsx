import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Answer } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { answers, fetchAnswers } from "../../state/answers";
import { fetchShown, fetchUses, saveOrder } from "../../state/quick";
import { may, site } from "../../state/session";
import { Button } from "../../ui/button";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { AnswerEditor } from "./answer-editor";
import { Handle, useOrder } from "./order";
import { Remove, Row } from "./row";
import { GuidePage } from "./tabs";
import { useFetched } from "./use-fetched";
import "../quick/dress";
import { QuickPreview } from "../quick/preview";
import { Used } from "../quick/used";

const blank = (): Answer => ({ id: "", title: "", shortcut: "", text: "", link: "", words: [], pages: [], quick: false, updated_at: 0 });

/** The short facts that agents put in, the coach offers, and visitors read by themselves. */
export function Answers() {
  const [editing, edit] = useState<Answer | null>(null);
  const [query, setQuery] = useState("");
  const { loading, error, retry } = useFetched(fetchAnswers);
  const add = may("guide.change") && (
    <Button kind="primary" onClick={() => edit(blank())}>
      <Plus size={16} /> {t("new_answer")}
    </Button>
  );
  const needle = query.trim().toLocaleLowerCase();
  const found = answers.value.filter((a) => !needle || `${a.title} ${a.shortcut} ${a.text} ${a.words.join(" ")}`.toLocaleLowerCase().includes(needle));
  const nothing = !loading && error === null && found.length === 0;
  return (
    <GuidePage at="answers" lead={t("answers_lead")} actions={add}>
      <input type="search" class="input" value={query} aria-label={t("search_answers")} placeholder={t("search_answers")} onInput={(e) => setQuery(e.currentTarget.value)} />
      {loading && answers.value.length === 0 && <Skeleton kind="row" />}
      {error !== null && <Trouble message={error} retry={retry} />}
      {nothing && <Empty title={needle ? t("nothing_found") : t("no_answers")}>{!needle && add}</Empty>}
      {answers.value.length > 0 && <Quick />}
      {found.length > 0 && <List found={found} edit={edit} ordered={!needle} />}
      {editing && <AnswerEditor answer={editing} onClose={() => edit(null)} />}
    </GuidePage>
  );
}

/** ordered: all of them stand here, so that one can be moved among the others. */
function List({ found, edit, ordered }: { found: readonly Answer[]; edit: (a: Answer) => void; ordered: boolean }) {
  const order = useOrder(found, saveOrder);
  const moves = may("guide.change") && ordered;
  return (
    <>
      <ul ref={order.list}>
        {order.items.map((a) => (
          <Row key={a.id} id={a.id} handle={moves && <Handle name={a.title} {...order.handle(a, a.title)} />} title={a.title} tags={<Tags answer={a} />} body={a.text} open={may("guide.change") ? () => edit(a) : null}>
            {may("guide.change") && <Remove name={a.title} body={t("remove_answer_body")} remove={() => api.remove(`sites/${site.value?.id}/answers/${a.id}`).then(fetchAnswers)} />}
          </Row>
        ))}
      </ul>
      {moves && found.length > 1 && <p class="quiet">{t("order_hint")}</p>}
      <p class="sr" role="status">
        {order.said}
      </p>
    </>
  );
}

/** What visitors see, and what became of it; it is fetched again with every change of the answers. */
function Quick() {
  const counted = useFetched(fetchUses);
  const preview = useFetched(fetchShown, answers.value);
  return (
    <div class="quick-all">
      {preview.error === null ? <QuickPreview /> : <Trouble message={preview.error} retry={preview.retry} />}
      <p class="quiet">{counted.error === null ? t("uses_lead") : t("uses_missing")}</p>
    </div>
  );
}

function Tags({ answer }: { answer: Answer }) {
  return (
    <>
      {answer.shortcut && <code dir="ltr">/{answer.shortcut}</code>}
      {answer.quick && <span class="tag">{t("answer_quick")}</span>}
      <Used answer={answer} />
    </>
  );
}
