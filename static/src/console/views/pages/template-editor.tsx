import { Braces } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { STEPS, type Step, type Template } from "../../../wire/protocol";
import { api } from "../../api";
import { t, type Key } from "../../i18n";
import { fetchTemplates } from "../../state/guide";
import { manages, me, site } from "../../state/session";
import { fill } from "../../state/template";
import { done } from "../../state/toasts";
import { Button } from "../../ui/button";
import { useWork } from "../../ui/busy";
import { Dialog } from "../../ui/dialog";
import { Choice, Field, TextField } from "../../ui/field";
import { Menu } from "../../ui/menu";
import { stepName } from "../../words";
import { Mirror } from "../thread/mirror";

const VARIABLES = ["customer.first_name", "customer.name", "customer.email", "agent.first_name", "agent.name", "site.name"] as const;

/** Writing a template: its name, when it fits, and the words, with a look at how they will read. */
export function TemplateEditor({ template, onClose }: { template: Template; onClose: () => void }) {
  const [form, setForm] = useState(template);
  const work = useWork();
  const body = useRef<HTMLTextAreaElement>(null);
  const set = (patch: Partial<Template>) => setForm({ ...form, ...patch });
  const errorOf = (field: string) => (work.field === field ? work.error : "");
  const toggle = (step: Step) => set({ steps: form.steps.includes(step) ? form.steps.filter((s) => s !== step) : STEPS.filter((s) => s === step || form.steps.includes(s)) });
  const insert = (name: string) => {
    const el = body.current;
    const at = el?.selectionStart ?? form.body.length;
    set({ body: `${form.body.slice(0, at)}{{${name}}}${form.body.slice(el?.selectionEnd ?? at)}` });
    requestAnimationFrame(() => {
      el?.focus();
      el?.setSelectionRange(at + name.length + 4, at + name.length + 4);
    });
  };
  const submit = async () => {
    const { title, shortcut, steps, scope } = form;
    const base = `sites/${site.value?.id}/templates`;
    const words = { title, shortcut, body: form.body, steps, scope };
    if (form.id) await api.put(`${base}/${form.id}`, words);
    else await api.post(base, words);
    await fetchTemplates();
    done(t("saved"));
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={form.id ? t("edit_template") : t("new_template")} size="large">
      <form
        class="editor"
        onSubmit={(e) => {
          e.preventDefault();
          work.run(submit);
        }}
      >
        <div class="editor-pair">
          <TextField label={t("template_title")} required maxLength={80} value={form.title} onValue={(title) => set({ title })} error={errorOf("title")} />
          <TextField label={t("shortcut")} maxLength={33} dir="ltr" value={form.shortcut} onValue={(shortcut) => set({ shortcut: shortcut.replace(/^\//, "") })} hint={t("shortcut_hint")} error={errorOf("shortcut")} />
        </div>
        <fieldset class="choice">
          <legend class="field-label">{t("template_steps")}</legend>
          <div class="choice-row">
            {STEPS.map((step, i) => (
              <label key={step} class={`choice-option ${form.steps.includes(step) ? "on" : ""}`}>
                <input class="sr" type="checkbox" checked={form.steps.includes(step)} onChange={() => toggle(step)} />
                {i + 1} · {stepName(step)}
              </label>
            ))}
          </div>
          {errorOf("steps") && <p class="field-error">{errorOf("steps")}</p>}
        </fieldset>
        <Field label={t("template_body")} hint={t("template_body_hint")} error={errorOf("body")}>
          {(ids) => <textarea {...ids} ref={body} class="input" rows={5} dir="auto" required maxLength={4000} value={form.body} onInput={(e) => set({ body: e.currentTarget.value })} />}
        </Field>
        <div>
          <Menu label={t("insert_variable")} placement="bottom-start" class="button button-plain" items={VARIABLES.map((v) => ({ id: v, label: t(`var_${v.replace(".", "_")}` as Key), run: () => insert(v) }))}>
            <Braces size={15} /> {t("insert_variable")}
          </Menu>
        </div>
        <div class="editor-preview">
          <span class="field-label">{t("preview")}</span>
          <div class="bubble">
            <Mirror text={fill(form.body, example())} />
          </div>
        </div>
        {manages.value && (
          <Choice
            label={t("scope")}
            value={form.scope}
            onChange={(scope) => set({ scope })}
            options={[
              { value: "site", label: t("scope_site") },
              { value: "personal", label: t("scope_personal") },
            ]}
          />
        )}
        {work.error && !["title", "shortcut", "steps", "body"].includes(work.field) && (
          <p class="field-error" role="alert">
            {work.error}
          </p>
        )}
        <div class="dialog-actions">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" busy={work.busy}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A made-up customer to read the words with. */
function example(): Record<string, string> {
  const agent = me.value?.agent.name ?? "";
  return {
    "customer.first_name": t("example_first"),
    "customer.name": t("example_name"),
    "customer.email": "maria@mail.example",
    "agent.name": agent,
    "agent.first_name": agent.split(" ")[0] ?? "",
    "site.name": site.value?.name ?? "",
  };
}
