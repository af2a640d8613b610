import { RefreshCw } from "lucide-preact";
import type { Step } from "../../../wire/protocol";
import { t } from "../../i18n";
import { ideasFor } from "../../state/coach";
import { current } from "../../state/conversation";
import { templates } from "../../state/guide";
import { fill } from "../../state/template";
import { IconButton } from "../../ui/button";
import { Keys } from "../../ui/keys";
import { insertTemplate } from "../thread/writing";
import { ideaTurn } from "./turn";

/** Words to begin with, for this step and this customer; a draft to edit, never sent by itself. */
export function Ideas({ id, step }: { id: string; step: Step }) {
  const fit = templates.value.filter((x) => x.steps.includes(step)).length;
  const ideas = ideasFor(templates.value, step, ideaTurn.value);
  const values = current.value?.view?.variables ?? {};
  if (ideas.length === 0) return null;
  return (
    <div class="ideas">
      <div class="section-head">
        <h4>{t("ideas")}</h4>
        {fit > 3 && (
          <IconButton class="small" label={t("other_ideas")} onClick={() => ideaTurn.value++}>
            <RefreshCw size={13} />
          </IconButton>
        )}
      </div>
      <ol>
        {ideas.map((x, i) => (
          <li key={x.id}>
            <button type="button" class="idea" onClick={() => insertTemplate(id, x)}>
              <span class="idea-head">
                <span class="grow">{x.title}</span>
                <Keys keys={`alt+${i + 1}`} />
              </span>
              <span class="idea-text">
                <bdi>{fill(x.body, values)}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
