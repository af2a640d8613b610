import { useState } from "preact/hooks";
import { STEPS, type Prompt, type PromptVersion } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { fetchPrompts } from "../../state/guide";
import { ruleWords } from "../../state/rules";
import { site } from "../../state/session";
import { Choice, TextArea, TextField } from "../../ui/field";
import { stepName } from "../../words";
import { EditorDialog } from "./editor";
import { Evidence } from "./evidence";
import { FitEditor, fitSummary } from "./fit-editor";
import { Versions } from "./versions";

/** What a prompt says, without its name. */
const wordsOf = ({ step, text, help, evidence, fit, position }: Prompt) => ({ step, text, help, evidence, fit, position });

/** Writing a prompt: the aim, how, when it ticks itself, and for whom it is. */
export function PromptEditor({ prompt, onClose }: { prompt: Prompt; onClose: () => void }) {
  const [form, setForm] = useState(prompt);
  const set = (patch: Partial<Prompt>) => setForm({ ...form, ...patch });
  const save = async () => {
    const base = `sites/${site.value?.id}/prompts`;
    if (form.id) await api.put(`${base}/${form.id}`, wordsOf(form));
    else await api.post(base, wordsOf(form));
    await fetchPrompts();
  };
  return (
    <EditorDialog title={form.id ? t("edit_prompt") : t("new_prompt")} fields={["text", "help", "evidence", "fit"]} save={save} onClose={onClose}>
      {(errorOf) => (
        <>
          <TextField label={t("prompt_aim")} required maxLength={80} dir="auto" value={form.text} onValue={(text) => set({ text })} hint={t("prompt_aim_hint")} error={errorOf("text")} />
          <TextArea label={t("prompt_help")} rows={2} maxLength={300} value={form.help} onValue={(help) => set({ help })} hint={t("prompt_help_hint")} error={errorOf("help")} />
          <Choice label={t("prompt_step")} value={form.step} onChange={(step) => set({ step })} options={STEPS.map((s, i) => ({ value: s, label: `${i + 1} · ${stepName(s)}` }))} />
          <Evidence rule={form.evidence} step={form.step} error={errorOf("evidence")} onChange={(evidence) => set({ evidence })} />
          <FitEditor fit={form.fit} hint={t("fit_prompt_hint")} error={errorOf("fit")} onChange={(fit) => set({ fit })} />
          {form.id && <Versions<PromptVersion> path={`sites/${site.value?.id}/prompts/${form.id}`} words={(v) => [v.text, v.help].filter(Boolean).join("\n")} lines={linesOf} putBack={({ step, text, help, evidence, fit }) => set({ step, text, help, evidence, fit })} />}
        </>
      )}
    </EditorDialog>
  );
}

/** What a version says beside its words. */
function linesOf(v: PromptVersion): [string, string][] {
  return [
    [t("prompt_step"), stepName(v.step)],
    [t("version_evidence"), ruleWords(v.evidence)],
    [t("version_fit"), fitSummary(v.fit)],
  ];
}
