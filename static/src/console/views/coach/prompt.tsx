import { Check, CircleMinus } from "lucide-preact";
import { tick, undoProgress } from "../../desk";
import { t } from "../../i18n";
import type { PromptStand } from "../../state/coach";
import { currentId, viewOf } from "../../state/conversation";
import { IconButton } from "../../ui/button";
import { Tip } from "../../ui/tip";
import { clockTime } from "../../words";

/** One short aim. A click (or Space) ticks it; the same again takes the tick back, whoever made it. */
export function PromptItem({ id, prompt, state, progress, digit }: PromptStand & { id: string; digit?: number | undefined }) {
  const done = state === "done";
  const off = state === "not_needed";
  const settled = done || off;
  const toggle = () => void (settled && progress ? undoProgress(id, progress.id) : tick(id, prompt.key, "done"));
  return (
    <li class={`prompt ${settled ? "settled" : ""} ${off ? "off" : ""}`}>
      <Tip {...(digit && !settled ? { keys: `alt+${digit}` } : {})} label={settled && progress ? reason(progress) : prompt.help || prompt.text}>
        <button type="button" role="checkbox" aria-checked={done} class="prompt-tick" onClick={toggle}>
          <span class="box">{done ? <Check size={12} strokeWidth={3} /> : off ? <CircleMinus size={12} /> : null}</span>
          <span class="prompt-text">{prompt.text}</span>
          {settled && progress && <span class="sr">{reason(progress)}</span>}
          {done && progress && progress.by !== "agent" && <span class="tag">{t("by_itself")}</span>}
          {off && <span class="tag">{t("not_needed")}</span>}
        </button>
      </Tip>
      {!settled && (
        <IconButton class="small prompt-off" label={t("mark_not_needed")} onClick={() => void tick(id, prompt.key, "not_needed")}>
          <CircleMinus size={14} />
        </IconButton>
      )}
    </li>
  );
}

/** Why it is ticked: the line that caused it, who and when. */
function reason(progress: NonNullable<PromptStand["progress"]>): string {
  const cause = viewOf(currentId.value)?.messages.find((m) => m.id === progress.cause);
  const quote = cause ? ` “${cause.text.slice(0, 80)}”` : "";
  return `${progress.why}${quote} · ${clockTime(progress.at)} · ${t("press_to_undo")}`;
}
