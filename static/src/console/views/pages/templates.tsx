import { Plus, Trash2 } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { STEPS, type Template } from "../../../wire/protocol";
import { api } from "../../api";
import { ask } from "../../ask";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchTemplates, templates } from "../../state/guide";
import { manages, site } from "../../state/session";
import { done } from "../../state/toasts";
import { Button, IconButton } from "../../ui/button";
import { Empty } from "../../ui/state";
import { stepName } from "../../words";
import { Page } from "./page";
import { TemplateEditor } from "./template-editor";

const blank = (): Template => ({ id: "", title: "", shortcut: "", body: "", steps: ["greeting"], scope: manages.value ? "site" : "personal", uses: 0, updated_at: 0 });

/** The replies to start from, by step. */
export default function Templates() {
  const [editing, edit] = useState<Template | null>(null);
  const [query, setQuery] = useState("");
  useEffect(() => void fetchTemplates().catch(explain), [site.value?.id]);
  const needle = query.trim().toLocaleLowerCase();
  const found = templates.value.filter((x) => !needle || `${x.title} ${x.shortcut} ${x.body}`.toLocaleLowerCase().includes(needle));

  const remove = async (x: Template) => {
    if (!(await ask({ title: t("remove_template_title", { title: x.title }), body: t("remove_template_body"), yes: t("remove"), danger: true }))) return;
    try {
      await api.remove(`sites/${site.value?.id}/templates/${x.id}`);
      templates.value = templates.value.filter((y) => y.id !== x.id);
      done(t("removed"));
    } catch (err) {
      explain(err);
    }
  };
  const add = (
    <Button kind="primary" onClick={() => edit(blank())}>
      <Plus size={16} /> {t("new_template")}
    </Button>
  );
  return (
    <Page at="templates" title={t("templates")} lead={t("templates_lead")} actions={add}>
      <input type="search" class="input" value={query} aria-label={t("search_templates")} placeholder={t("search_templates")} onInput={(e) => setQuery(e.currentTarget.value)} />
      {found.length === 0 && <Empty title={needle ? t("nothing_found") : t("no_templates")}>{!needle && add}</Empty>}
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
                <li key={x.id} class="template">
                  <button type="button" class="template-open" onClick={() => edit(x)}>
                    <span class="template-title">
                      <bdi>{x.title}</bdi>
                      {x.shortcut && <code dir="ltr">/{x.shortcut}</code>}
                      {x.scope === "personal" && <span class="tag">{t("scope_personal")}</span>}
                    </span>
                    <span class="template-body">
                      <bdi>{x.body}</bdi>
                    </span>
                  </button>
                  <span class="quiet template-uses">{t("n_uses", { n: x.uses })}</span>
                  <IconButton label={t("remove_named", { name: x.title })} onClick={() => void remove(x)}>
                    <Trash2 size={16} />
                  </IconButton>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {editing && <TemplateEditor template={editing} onClose={() => edit(null)} />}
    </Page>
  );
}
