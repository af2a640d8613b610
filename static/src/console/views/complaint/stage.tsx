import { Check, CircleMinus } from "lucide-preact";
import type { Complaint, ComplaintStage } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { viewOf } from "../../state/conversation";
import { Tip } from "../../ui/tip";
import { clockTime } from "../../words";
import { dueWords } from "../agreement/when";
import { toggle } from "./deeds";

interface Props {
  id: string;
  item: ComplaintStage;
  complaint: Complaint;
  /** It is the one to work on. */
  now: boolean;
}

/** One stage: a click settles it, the same again takes that back. What it is for stands below the present one. */
export function StageItem({ id, item, complaint, now }: Props) {
  const done = item.state === "done";
  const settled = item.state !== "open";
  const name = t(`stage_${item.stage}` as Key);
  return (
    <li class={`prompt stage ${settled ? "settled" : ""} ${now ? "stage-now" : ""}`} aria-current={now ? "step" : undefined}>
      {item.stage === "follow_up" ? (
        <p class="prompt-tick">
          <Box done={done} off={settled && !done} />
          <span class="prompt-text">{name}</span>
          {settled ? <span class="tag">{t(done ? "stage_done" : "not_needed")}</span> : <FollowUp at={complaint.follow_up_at} promised={complaint.follow_up_id !== ""} />}
        </p>
      ) : (
        <Tip label={settled ? reason(id, item) : t(`stage_${item.stage}_done` as Key)}>
          <button type="button" role="checkbox" aria-checked={done} class="prompt-tick" onClick={() => void toggle(id, item)}>
            <Box done={done} off={settled && !done} />
            <span class="prompt-text">{name}</span>
            {settled && <span class="sr">{reason(id, item)}</span>}
            {done && item.by !== "agent" && <span class="tag">{t("by_itself")}</span>}
          </button>
        </Tip>
      )}
      {now && (
        <p class="stage-help">
          {t(`stage_${item.stage}_for` as Key)} <span class="quiet">{t("counts_as_done", { what: t(`stage_${item.stage}_done` as Key) })}</span>
        </p>
      )}
    </li>
  );
}

function Box({ done, off }: { done: boolean; off: boolean }) {
  return <span class="box">{done ? <Check size={12} strokeWidth={3} /> : off ? <CircleMinus size={12} /> : null}</span>;
}

function FollowUp({ at, promised }: { at: number; promised: boolean }) {
  return <span class="tag">{promised ? t("by_time", { time: dueWords(at) }) : t("at_closing")}</span>;
}

/** What settled it: the words that did, who and when. */
function reason(id: string, item: ComplaintStage): string {
  const cause = viewOf(id)?.messages.find((m) => m.id === item.cause);
  const quote = cause && !item.why.includes("“") ? ` “${cause.text.slice(0, 80)}”` : "";
  return `${item.why}${quote} · ${clockTime(item.at)} · ${t("press_to_undo")}`;
}
