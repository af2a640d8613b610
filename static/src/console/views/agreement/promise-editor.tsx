import { useState } from "preact/hooks";
import { newId } from "../../../wire";
import { t } from "../../i18n";
import { makePromise } from "../../state/promises";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { EditorFrame } from "./frame";
import { WhenField, zone } from "./when";

/** A promise written as one: what, and by when. */
export function PromiseEditor({ id, close }: { id: string; close: () => void }) {
  const [client_id] = useState(newId);
  const [text, set] = useState("");
  const [at, setAt] = useState(0);
  const [lack, setLack] = useState<"text" | "due_at" | "">("");
  const work = useWork();
  const submit = () => {
    const field = !text.trim() ? "text" : !at ? "due_at" : "";
    setLack(field);
    if (!field && !work.busy) work.run(() => makePromise(id, { client_id, text: text.trim(), due_at: at, zone: zone() }).then(close));
  };
  const about = (field: string) => (work.field === field ? work.error : undefined);
  return (
    <EditorFrame title={t("make_promise")} lead={t("make_promise_lead")} yes={t("promise_this")} busy={work.busy} error={work.error && !work.field ? work.error : ""} submit={submit} close={close}>
      <div class="part">
        <TextField label={t("what_promised")} maxLength={500} value={text} error={lack === "text" ? t("lack_what") : about("text")} onValue={set} />
        <WhenField label={t("by_when")} at={at} error={lack === "due_at" ? t("lack_our_due") : about("due_at")} onAt={setAt} />
      </div>
    </EditorFrame>
  );
}
