import { Plus, Trash2 } from "lucide-preact";
import { useId } from "preact/hooks";
import type { WaitRules } from "../../../wire/protocol";
import { t } from "../../i18n";
import { Button, IconButton } from "../../ui/button";
import { MAX_STAGES, oneStageMore } from "./rules";
import { Own } from "./waiting";

type List = WaitRules["stages"];

/** At which minutes who waits is told where they stand, and in which words. */
export function Stages({ stages, onStages, error }: { stages: List; onStages: (stages: List) => void; error: (i: number) => string }) {
  const id = useId();
  const put = (i: number, patch: Partial<List[number]>) => onStages(stages.map((s, at) => (at === i ? { ...s, ...patch } : s)));
  return (
    <>
      {stages.length === 0 && <p class="quiet">{t("stages_none")}</p>}
      <ol class="stages">
        {stages.map((s, i) => (
          <li key={i} class="stage-row">
            <div class="stage-when">
              <label class="field-label" for={`${id}-${i}`}>
                {t("stage_after")}
              </label>
              <input id={`${id}-${i}`} type="number" class="input stage-minutes" min={1} max={10080} required value={s.after} onChange={(e) => put(i, { after: Math.round(e.currentTarget.valueAsNumber) || 1 })} />
              <span>{t("stage_minutes", { n: s.after })}</span>
              <IconButton label={t("stage_remove", { n: s.after })} onClick={() => onStages(stages.filter((_, at) => at !== i))}>
                <Trash2 size={16} />
              </IconButton>
            </div>
            <Own label={t("stage_text", { n: s.after })} value={s.text} onValue={(text) => put(i, { text })} error={error(i)} />
          </li>
        ))}
      </ol>
      {stages.length < MAX_STAGES && (
        <div class="form-actions">
          <Button onClick={() => onStages(oneStageMore(stages))}>
            <Plus size={16} /> {t("stage_add")}
          </Button>
        </div>
      )}
    </>
  );
}
