import { useState } from "preact/hooks";
import { newId } from "../../../wire";
import { t } from "../../i18n";
import { serverNow } from "../../state/clock";
import { makePromise } from "../../state/promises";
import { useBegun } from "../../ui/begun";
import { useWork } from "../../ui/busy";
import { TextField } from "../../ui/field";
import { clockTime } from "../../words";
import { mayAnswer, say } from "../thread/sending";
import { EditorFrame } from "./frame";
import { zone } from "./when";

const MINUTES = [10, 20, 30, 60];

/** "I am checking, back by 10:12": tells the customer and promises it, in one go. */
export function HoldEditor({ id, close }: { id: string; close: () => void }) {
  const [start] = useState(() => ({ client_id: newId(), minutes: 20, what: t("hold_what") }));
  const { value, change, finish } = useBegun(`hold:${id}`, start);
  const { client_id, minutes, what } = value;
  const work = useWork();
  const at = serverNow() + minutes * 60_000;
  const submit = () => {
    if (work.busy) return;
    work.run(async () => {
      if (!(await mayAnswer(id))) return;
      const { due_at } = await makePromise(id, { client_id, text: what.trim() || t("hold_what"), due_at: at, zone: zone() });
      say(id, t("hold_reply", { time: clockTime(due_at) }));
      finish();
      close();
    });
  };
  return (
    <EditorFrame title={t("hold")} lead={t("hold_lead")} yes={t("hold_until", { time: clockTime(at) })} busy={work.busy} error={work.error} submit={submit} close={close}>
      <fieldset class="choice">
        <legend class="sr">{t("by_when")}</legend>
        <div class="choice-row">
          {MINUTES.map((m) => (
            <label key={m} class={`choice-option ${m === minutes ? "on" : ""}`}>
              <input class="sr" type="radio" name="hold-minutes" data-first={m === minutes ? "" : undefined} checked={m === minutes} onChange={() => change({ minutes: m })} />
              {t("n_minutes", { n: m })}
            </label>
          ))}
        </div>
      </fieldset>
      <TextField label={t("what_promised")} maxLength={500} value={what} onValue={(words) => change({ what: words })} />
    </EditorFrame>
  );
}
