import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { STEPS, type Template } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { fetchTemplates, templates } from "../../state/guide";
import { NO_OUTCOME, saidOf } from "../../state/outcome";
import { may, site } from "../../state/session";
import { Button } from "../../ui/button";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { stepName } from "../../words";
import { Clip } from "./clip";
import { fitSummary } from "./fit-editor";
import { Remove, Row } from "./row";
import { GuidePage } from "./tabs";
import { useFetched } from "./use-fetched";
import { TemplateEditor } from "./template-editor";

const blank = (): Template => ({ id: "", title: "", shortcut: "", body: "", steps: ["greeting"], fit: {}, scope: may("template.change") ? "site" : "personal", uses: 0, as_is: NO_OUTCOME, reworded: NO_OUTCOME, worth: 0, updated_at: 0 });

/** The replies to start from, by step. */
export function Templates() {
  const [editing, edit] = useState<Template | null>(null);
  const [query, setQuery] = useState("");
  const { loading, error, retry } = useFetched(fetchTemplates);
  const needle = query.trim().toLocaleLowerCase();
  const found = templates.value.filter((x) => !needle || `${x.title} ${x.shortcut} ${x.body} ${fitSummary(x.fit)}`.toLocaleLowerCase().includes(needle));
  const add = (
    <Button kind="primary" onClick={() => edit(blank())}>
      <Plus size={16} /> {t("new_template")}
    </Button>
  );
  const nothing = !loading && error === null && found.length === 0;
  return (
    <GuidePage at="templates" lead={t("templates_lead")} actions={add}>
      <input type="search" class="input" value={query} aria-label={t("search_templates")} placeholder={t("search_templates")} onInput={(e) => setQuery(e.currentTarget.value)} />
      {loading && templates.value.length === 0 && <Skeleton kind="row" />}
      {error !== null && <Trouble message={error} retry={retry} />}
      {nothing && <Empty title={needle ? t("nothing_found") : t("no_templates")}>{!needle && add}</Empty>}
      {STEPS.map((step, i) => {
        const own = found.filter((x) => x.steps[0] === step);
        if (own.length === 0) return null;
        return (
          <section key={step} class="template-group">
            <h2>
              <span class="step-number">{i + 1}</span> {stepName(step)}
            </h2>
            <ul>
              {own.map((x) => (
                <TemplateRow key={x.id} template={x} open={() => edit(x)} />
              ))}
            </ul>
          </section>
        );
      })}
      {editing && <TemplateEditor template={editing} onClose={() => edit(null)} />}
    </GuidePage>
  );
}

/** Those of teams and of the whole site are for whoever may change them; everybody has their own. */
function TemplateRow({ template: x, open }: { template: Template; open: () => void }) {
  const mine = may("template.change") || x.scope === "personal";
  const tags = (
    <>
      {x.shortcut && <code dir="ltr">/{x.shortcut}</code>}
      {x.files && <Clip files={x.files.length} />}
      {x.scope === "personal" && <span class="tag">{t("scope_personal")}</span>}
      {x.team && (
        <span class="tag">
          <bdi>{x.team}</bdi>
        </span>
      )}
      {fitSummary(x.fit) && <span class="tag">{fitSummary(x.fit)}</span>}
    </>
  );
  const said = saidOf(x);
  const remove = async () => {
    await api.remove(`sites/${site.value?.id}/templates/${x.id}`);
    templates.value = templates.value.filter((y) => y.id !== x.id);
  };
  return (
    <Row title={x.title} tags={tags} body={x.body} open={mine ? open : null}>
      <span class="quiet template-uses">
        {t("n_uses", { n: x.uses })}
        {said && <span>{t("solved_of", said)}</span>}
      </span>
      {mine && <Remove name={x.title} body={t("remove_template_body")} remove={remove} />}
    </Row>
  );
}
