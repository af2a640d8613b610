import { useState } from "preact/hooks";
import type { Answer } from "../../../wire/protocol";
import { api } from "../../api";
import { t } from "../../i18n";
import { fetchAnswers } from "../../state/answers";
import { site } from "../../state/session";
import { Switch, TextArea, TextField } from "../../ui/field";
import { EditorDialog } from "./editor";
import { parted } from "./fit-editor";

/** Writing an answer: the question, the fact, and what calls for it. */
export function AnswerEditor({ answer, onClose }: { answer: Answer; onClose: () => void }) {
  const [form, setForm] = useState({ ...answer, words: answer.words.join(", "), pages: answer.pages.join(", ") });
  const set = (patch: Partial<typeof form>) => setForm({ ...form, ...patch });
  const save = async () => {
    const { title, shortcut, text, link, quick } = form;
    const base = `sites/${site.value?.id}/answers`;
    const words = { title, shortcut, text, link, words: parted(form.words), pages: parted(form.pages), quick };
    if (form.id) await api.put(`${base}/${form.id}`, words);
    else await api.post(base, words);
    await fetchAnswers();
  };
  return (
    <EditorDialog title={form.id ? t("edit_answer") : t("new_answer")} fields={["title", "shortcut", "text", "link", "words", "pages"]} save={save} onClose={onClose}>
      {(errorOf) => (
        <>
          <div class="editor-pair">
            <TextField label={t("answer_title")} required maxLength={80} dir="auto" value={form.title} onValue={(title) => set({ title })} hint={t("answer_title_hint")} error={errorOf("title")} />
            <TextField label={t("shortcut")} maxLength={33} dir="ltr" value={form.shortcut} onValue={(shortcut) => set({ shortcut: shortcut.replace(/^\//, "") })} hint={t("shortcut_hint")} error={errorOf("shortcut")} />
          </div>
          <TextArea label={t("answer_text")} required rows={4} maxLength={1000} value={form.text} onValue={(text) => set({ text })} error={errorOf("text")} />
          <TextField label={t("answer_link")} dir="ltr" maxLength={2000} placeholder="https://" value={form.link} onValue={(link) => set({ link })} error={errorOf("link")} />
          <TextField label={t("answer_words")} dir="auto" value={form.words} onValue={(words) => set({ words })} hint={t("answer_words_hint")} error={errorOf("words")} />
          <TextField label={t("answer_pages")} dir="ltr" value={form.pages} onValue={(pages) => set({ pages })} hint={t("answer_pages_hint")} error={errorOf("pages")} />
          <Switch label={t("answer_quick")} hint={t("answer_quick_hint")} checked={form.quick} onChange={(quick) => set({ quick })} />
        </>
      )}
    </EditorDialog>
  );
}
