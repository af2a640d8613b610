import { Check } from "lucide-preact";
import { STEPS, type Matter } from "../../../wire/protocol";
import { moveStep } from "../../desk";
import { t } from "../../i18n";
import { Tip } from "../../ui/tip";
import { stepName } from "../../words";

/** The five steps: past ones kept, the present one filled, those to come outlined. A click corrects. */
export function Steps({ id, matter, upright }: { id: string; matter: Matter; upright?: boolean }) {
  const at = STEPS.indexOf(matter.step);
  return (
    <ol class={`steps ${upright ? "steps-upright" : ""}`} aria-label={t("steps")}>
      {STEPS.map((step, i) => (
        <li key={step} class={i < at ? "past" : i === at ? "now" : "ahead"}>
          <Tip label={stepName(step)} keys={`alt+shift+${i + 1}`}>
            <button type="button" class="step" aria-current={i === at ? "step" : undefined} aria-label={t(i === at ? "step_now" : "step_go", { n: i + 1, step: stepName(step) })} onClick={() => void moveStep(id, step)}>
              {i < at ? <Check size={13} strokeWidth={3} /> : i + 1}
            </button>
          </Tip>
        </li>
      ))}
    </ol>
  );
}
