import { Braces } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SentFile, Team, Template, TemplateVersion } from "../../../wire/protocol";
import { api } from "../../api";
import { t, type Key } from "../../i18n";
import { fetchTemplates } from "../../state/guide";
import { may, site } from "../../state/session";
import { Choice, Field, TextField } from "../../ui/field";
import { Menu } from "../../ui/menu";
import { partOf } from "../../ui/part";
import { stepName } from "../../words";
import { EditorDialog } from "./editor";
import { FitEditor, fitSummary, StepsChoice } from "./fit-editor";
import { Outcomes } from "./outcomes";
import { Preview } from "./preview";
import { Versions } from "./versions";

const VARIABLES = [
  "customer.first_name",
  "customer.name",
  "customer.email",
  "agent.first_name",
  "agent.name",
  "site.name",
  "site.returns",
  "site.delivery",
  "site.price",
  "site.phone",
  "site.tone",
] as const;

const KeptFiles = partOf(() => import("../agreement/parts"), "KeptFiles");

/** Writing a template: its name, when it fits, and the words, with a look at how they will read. */
export function TemplateEditor({ template, onClose }: { template: Template; onClose: () => void }) {
  const [form, setForm] = useState(template);
  const [files, setFiles] = useState<readonly SentFile[] | null>(template.files ?? []);
  const [kept, keep] = useState({ files: template.files ?? [], version: 0 });
  const [teams, setTeams] = useState<readonly Team[] | null>(null);
  // Without them a template cannot be given to a team; everything else goes on.
  useEffect(() => void api.get<{ teams: Team[] }>("teams").then((d) => setTeams(d.teams), () => {}), []);
  const body = useRef<HTMLTextAreaElement>(null);
  const set = (patch: Partial<Template>) => setForm({ ...form, ...patch });
  const insert = (name: string) => {
    const el = body.current;
    const at = el?.selectionStart ?? form.body.length;
    set({ body: `${form.body.slice(0, at)}{{${name}}}${form.body.slice(el?.selectionEnd ?? at)}` });
    requestAnimationFrame(() => {
      el?.focus();
      el?.setSelectionRange(at + name.length + 4, at + name.length + 4);
    });
  };
  const putBack = ({ title, shortcut, body: words, steps, fit, files: theirs = [], version }: TemplateVersion) => {
    set({ title, shortcut, body: words, steps, fit });
    keep({ files: theirs, version });
  };
  const save = async () => {
    if (!files) throw new Error(t("files_wait"));
    const { title, shortcut, steps, fit, scope, team_id } = form;
    const base = `sites/${site.value?.id}/templates`;
    const words = { title, shortcut, body: form.body, steps, fit, scope, ...(scope === "team" ? { team_id } : {}), files: files.map((f) => f.id) };
    if (form.id) await api.put(`${base}/${form.id}`, words);
    else await api.post(base, words);
    await fetchTemplates();
  };
  return (
    <EditorDialog title={form.id ? t("edit_template") : t("new_template")} fields={["title", "shortcut", "steps", "body", "fit", "files", "team_id"]} save={save} onClose={onClose}>
      {(errorOf) => (
        <>
          <div class="editor-pair">
            <TextField label={t("template_title")} required maxLength={80} value={form.title} onValue={(title) => set({ title })} error={errorOf("title")} />
            <TextField label={t("shortcut")} maxLength={33} dir="ltr" value={form.shortcut} onValue={(shortcut) => set({ shortcut: shortcut.replace(/^\//, "") })} hint={t("shortcut_hint")} error={errorOf("shortcut")} />
          </div>
          <StepsChoice label={t("template_steps")} chosen={form.steps} error={errorOf("steps")} onChange={(steps) => set({ steps })} />
          <Field label={t("template_body")} hint={t("template_body_hint")} error={errorOf("body")}>
            {(ids) => <textarea {...ids} ref={body} class="input" rows={5} dir="auto" required maxLength={4000} value={form.body} onInput={(e) => set({ body: e.currentTarget.value })} />}
          </Field>
          <div>
            <Menu label={t("insert_variable")} placement="bottom-start" class="button button-plain" items={VARIABLES.map((v) => ({ id: v, label: t(`var_${v.replace(".", "_")}` as Key), run: () => insert(v) }))}>
              <Braces size={15} /> {t("insert_variable")}
            </Menu>
          </div>
          <Preview body={form.body} />
          <KeptFiles key={kept.version} files={kept.files} error={errorOf("files")} onChange={setFiles} />
          <FitEditor fit={form.fit} hint={t("fit_hint")} error={errorOf("fit")} onChange={(fit) => set({ fit })} />
          {may("template.change") && (
            <div class="editor-scope">
              <Choice
                label={t("scope")}
                value={form.scope}
                onChange={(scope) => set({ scope, ...(scope === "team" && !form.team_id && teams?.[0] ? { team_id: teams[0].id } : {}) })}
                options={[
                  { value: "site", label: t("scope_site") },
                  ...(teams?.length ? [{ value: "team" as const, label: t("scope_team") }] : []),
                  { value: "personal", label: t("scope_personal") },
                ]}
              />
              <p class="field-hint">{t(`scope_hint_${form.scope}`)}</p>
              {form.scope === "team" && teams && <TeamField teams={teams} chosen={form.team_id ?? ""} error={errorOf("team_id")} choose={(team_id) => set({ team_id })} />}
            </div>
          )}
          {template.uses > 0 && <Outcomes template={template} />}
          {form.id && <Versions<TemplateVersion> path={`sites/${site.value?.id}/templates/${form.id}`} words={(v) => v.body} lines={linesOf} putBack={putBack} />}
        </>
      )}
    </EditorDialog>
  );
}

/** Whose members use it. */
function TeamField({ teams, chosen, error, choose }: { teams: readonly Team[]; chosen: string; error: string; choose: (id: string) => void }) {
  return (
    <Field label={t("scope_which_team")} error={error}>
      {(ids) => (
        <select {...ids} class="input select" value={chosen} onChange={(e) => choose(e.currentTarget.value)}>
          {teams.map((x) => (
            <option key={x.id} value={x.id}>
              {x.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What a version says beside its words. */
function linesOf(v: TemplateVersion): [string, string][] {
  return [
    [t("version_title"), v.title],
    [t("version_shortcut"), v.shortcut && `/${v.shortcut}`],
    [t("version_steps"), v.steps.map(stepName).join(", ")],
    [t("version_fit"), fitSummary(v.fit)],
    [t("version_files"), (v.files ?? []).map((f) => f.name).join(", ")],
  ];
}
