import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Standard } from "../../../wire/protocol";
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { fetchStandards, standards } from "../../state/answers";
import { may, site } from "../../state/session";
import { Button } from "../../ui/button";
import { TextArea, TextField } from "../../ui/field";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { stepName } from "../../words";
import { EditorDialog } from "./editor";
import { StepsChoice } from "./fit-editor";
import { Handle, useOrder } from "./order";
import { Remove, Row } from "./row";
import { GuidePage } from "./tabs";
import { useFetched } from "./use-fetched";

const blank = (): Standard => ({ id: "", text: "", why: "", shown: "", steps: [], position: Math.max(0, ...standards.value.map((s) => s.position)) + 1 });

/** The least that everybody here does, and why. */
export function Standards() {
  const [editing, edit] = useState<Standard | null>(null);
  const { loading, error, retry } = useFetched(fetchStandards);
  const add = may("guide.change") && (
    <Button kind="primary" onClick={() => edit(blank())}>
      <Plus size={16} /> {t("new_standard")}
    </Button>
  );
  const order = useOrder(standards.value, saveOrder);
  const nothing = !loading && error === null && standards.value.length === 0;
  return (
    <GuidePage at="standards" lead={t("standards_lead")} actions={add}>
      {loading && standards.value.length === 0 && <Skeleton kind="row" />}
      {error !== null && <Trouble message={error} retry={retry} />}
      {nothing && <Empty title={t("no_standards")}>{add}</Empty>}
      {standards.value.length > 0 && (
        <ul ref={order.list}>
          {order.items.map((s) => (
            <Row key={s.id} id={s.id} handle={may("guide.change") && <Handle name={s.text} {...order.handle(s, s.text)} />} title={s.text} tags={<span class="tag">{s.steps.map(stepName).join(", ") || t("always")}</span>} body={s.why} open={may("guide.change") ? () => edit(s) : null}>
              {may("guide.change") && <Remove name={s.text} body={t("remove_standard_body")} remove={() => api.remove(`sites/${site.value?.id}/standards/${s.id}`).then(fetchStandards)} />}
            </Row>
          ))}
        </ul>
      )}
      {may("guide.change") && standards.value.length > 1 && <p class="quiet">{t("order_hint")}</p>}
      <p class="sr" role="status">
        {order.said}
      </p>
      {editing && <StandardEditor standard={editing} onClose={() => edit(null)} />}
    </GuidePage>
  );
}

/** Saves an order, and shows what stands in any case. */
async function saveOrder(ids: string[]): Promise<void> {
  try {
    const now = await api.post<{ standards: Standard[] }>(`sites/${site.value?.id}/standards/order`, { ids });
    standards.value = now.standards;
  } catch (err) {
    explain(err);
    await fetchStandards().catch(explain);
  }
}

function StandardEditor({ standard, onClose }: { standard: Standard; onClose: () => void }) {
  const [form, setForm] = useState(standard);
  const set = (patch: Partial<Standard>) => setForm({ ...form, ...patch });
  const save = async () => {
    const { text, why, shown, steps, position } = form;
    const base = `sites/${site.value?.id}/standards`;
    if (form.id) await api.put(`${base}/${form.id}`, { text, why, shown, steps, position });
    else await api.post(base, { text, why, shown, steps, position });
    await fetchStandards();
  };
  return (
    <EditorDialog title={form.id ? t("edit_standard") : t("new_standard")} fields={["text", "why", "shown", "steps"]} save={save} onClose={onClose}>
      {(errorOf) => (
        <>
          <TextField label={t("standard_text")} required maxLength={120} dir="auto" value={form.text} onValue={(text) => set({ text })} error={errorOf("text")} />
          <TextArea label={t("standard_why")} required rows={2} maxLength={300} value={form.why} onValue={(why) => set({ why })} error={errorOf("why")} />
          <TextArea label={t("standard_shown")} rows={2} maxLength={300} value={form.shown} onValue={(shown) => set({ shown })} error={errorOf("shown")} />
          <StepsChoice label={t("standard_steps")} hint={t("standard_steps_hint")} chosen={form.steps} error={errorOf("steps")} onChange={(steps) => set({ steps })} />
        </>
      )}
    </EditorDialog>
  );
}
