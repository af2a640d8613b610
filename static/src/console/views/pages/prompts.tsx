import { ArrowDown, ArrowUp, Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { STEPS, type Prompt } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchPrompts, prompts, promptsByStep } from "../../state/guide";
import { manages, site } from "../../state/session";
import { Button, IconButton } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { stepName } from "../../words";
import { fitSummary } from "../guide/fit-editor";
import { PromptEditor, wordsOf } from "../guide/prompt-editor";
import { Remove, Row } from "../guide/row";
import { GuidePage } from "../guide/tabs";
import { useFetched } from "../guide/use-fetched";

const blank = (): Prompt => ({ id: "", key: "", step: "understanding", text: "", help: "", evidence: "", fit: {}, position: Math.max(0, ...prompts.value.map((p) => p.position)) + 1 });

const path = (id = "") => `sites/${site.value?.id}/prompts${id && "/" + id}`;

/** What the coach reminds of, by step, in its order. */
export function Prompts() {
  const [editing, edit] = useState<Prompt | null>(null);
  const { loading, error, retry } = useFetched(fetchPrompts);
  const add = manages.value && (
    <Button kind="primary" onClick={() => edit(blank())}>
      <Plus size={16} /> {t("new_prompt")}
    </Button>
  );
  const swap = async (a: Prompt, b: Prompt) => {
    try {
      await api.put(path(a.id), wordsOf({ ...a, position: b.position }));
      await api.put(path(b.id), wordsOf({ ...b, position: a.position }));
    } catch (err) {
      explain(err);
    }
    await fetchPrompts().catch(explain);
  };
  return (
    <GuidePage at="prompts" lead={t("prompts_page_lead")} actions={add}>
      {loading && prompts.value.length === 0 && <Skeleton kind="row" />}
      {error !== null && <Trouble message={error} retry={retry} />}
      {STEPS.map((step, i) => {
        const own = promptsByStep.value.get(step) ?? [];
        if (own.length === 0) return null;
        return (
          <section key={step} class="template-group">
            <h2>
              <span class="step-number">{i + 1}</span> {stepName(step)}
            </h2>
            <ul>
              {own.map((p, at) => (
                <Row key={p.id} title={p.text} tags={fitSummary(p.fit) && <span class="tag">{fitSummary(p.fit)}</span>} body={p.help} open={manages.value ? () => edit(p) : null}>
                  {manages.value && (
                    <>
                      <IconButton label={t("move_up", { name: p.text })} disabled={at === 0} onClick={() => void swap(p, own[at - 1]!)}>
                        <ArrowUp size={16} />
                      </IconButton>
                      <IconButton label={t("move_down", { name: p.text })} disabled={at === own.length - 1} onClick={() => void swap(p, own[at + 1]!)}>
                        <ArrowDown size={16} />
                      </IconButton>
                      <Remove name={p.text} body={t("remove_prompt_body")} remove={() => api.remove(path(p.id)).then(fetchPrompts)} />
                    </>
                  )}
                </Row>
              ))}
            </ul>
          </section>
        );
      })}
      {editing && <PromptEditor prompt={editing} onClose={() => edit(null)} />}
    </GuidePage>
  );
}
