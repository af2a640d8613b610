import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { STEPS, type Prompt } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchPrompts, prompts, promptsByStep } from "../../state/guide";
import { may, site } from "../../state/session";
import { Button } from "../../ui/button";
import { Skeleton, Trouble } from "../../ui/state";
import { stepName } from "../../words";
import { fitSummary } from "./fit-editor";
import { Handle, useOrder } from "./order";
import { PromptEditor } from "./prompt-editor";
import { Remove, Row } from "./row";
import { GuidePage } from "./tabs";
import { useFetched } from "./use-fetched";

const blank = (): Prompt => ({ id: "", key: "", step: "understanding", text: "", help: "", evidence: "", fit: {}, position: Math.max(0, ...prompts.value.map((p) => p.position)) + 1 });

const path = (id = "") => `sites/${site.value?.id}/prompts${id && "/" + id}`;

/** What the coach reminds of, by step, in its order. */
export function Prompts() {
  const [editing, edit] = useState<Prompt | null>(null);
  const { loading, error, retry } = useFetched(fetchPrompts);
  const add = may("guide.change") && (
    <Button kind="primary" onClick={() => edit(blank())}>
      <Plus size={16} /> {t("new_prompt")}
    </Button>
  );
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
            <Own prompts={own} edit={edit} />
          </section>
        );
      })}
      {may("guide.change") && prompts.value.length > 1 && <p class="quiet">{t("order_hint")}</p>}
      {editing && <PromptEditor prompt={editing} onClose={() => edit(null)} />}
    </GuidePage>
  );
}

/** The prompts of one step, to be put into order among themselves. */
function Own({ prompts: own, edit }: { prompts: readonly Prompt[]; edit: (p: Prompt) => void }) {
  const order = useOrder(own, saveOrder);
  return (
    <>
      <ul ref={order.list}>
        {order.items.map((p) => (
          <Row key={p.id} id={p.id} handle={may("guide.change") && <Handle name={p.text} {...order.handle(p, p.text)} />} title={p.text} tags={fitSummary(p.fit) && <span class="tag">{fitSummary(p.fit)}</span>} body={p.help} open={may("guide.change") ? () => edit(p) : null}>
            {may("guide.change") && <Remove name={p.text} body={t("remove_prompt_body")} remove={() => api.remove(path(p.id)).then(fetchPrompts)} />}
          </Row>
        ))}
      </ul>
      <p class="sr" role="status">
        {order.said}
      </p>
    </>
  );
}

/** Saves the order of one step's prompts, the others as they are, and shows what stands in any case. */
async function saveOrder(ids: string[]): Promise<void> {
  const others = prompts.value.map((p) => p.id).filter((id) => !ids.includes(id));
  try {
    prompts.value = (await api.post<{ prompts: Prompt[] }>(path("order"), { ids: [...others, ...ids] })).prompts;
  } catch (err) {
    explain(err);
    await fetchPrompts().catch(explain);
  }
}
