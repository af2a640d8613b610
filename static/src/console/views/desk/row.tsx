import { BadgeCheck, CircleAlert, Clock, Lock, PenLine } from "lucide-preact";
import type { Row } from "../../../wire/protocol";
import { STEPS } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { now } from "../../state/clock";
import { draftOf } from "../../state/drafts";
import { urgency } from "../../state/rows";
import { me } from "../../state/session";
import { personTypes, watching } from "../../state/team";
import { Face } from "../../ui/face";
import { exactTime, personName, shortAgo, stepName, stopwatch } from "../../words";

/** One conversation in a list: who, the last words, how long they wait, where it stands. */
export function RowItem({ row, top, on, at }: { row: Row; top: number; on: boolean; at: boolean }) {
  const name = personName(row.person);
  const online = watching.value[row.id]?.person_online;
  return (
    <div
      id={`row-${row.id}`}
      role="option"
      aria-selected={on}
      tabIndex={-1}
      class={`row ${on ? "on" : ""} ${at ? "at" : ""} ${row.unread > 0 ? "unread" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => openConversation(row.id)}
      onKeyDown={(e) => e.key === "Enter" && openConversation(row.id)}
    >
      <Face id={row.person.id} name={row.person.name} size="medium" online={online || undefined} />
      <div class="row-main">
        <div class="row-line">
          <span class="row-name">
            <bdi>{name}</bdi>
            {row.person.verified && <BadgeCheck size={13} class="verified" aria-label={t("verified")} />}
          </span>
          <Wait row={row} />
        </div>
        <div class="row-line">
          <LastWords row={row} />
          {row.unread > 0 && (
            <span class="unread-count">
              {row.unread}
              <span class="sr"> {t("unread")}</span>
            </span>
          )}
        </div>
        <div class="row-line row-foot">
          {row.complaint && <span class={`tag ${me.value?.agent.complaints ? "tag-mine" : ""}`}>{t("complaint_row")}</span>}
          <StepDots row={row} />
          <Holder row={row} />
        </div>
      </div>
    </div>
  );
}

/** mm:ss since the customer began to wait; late is told by an icon and a word as well as by colour. */
export function Wait({ row, withWord }: { row: Row; withWord?: boolean }) {
  if (row.state === "closed" || row.waiting_since === 0) {
    return (
      <time class="row-time" title={exactTime(row.last.at)}>
        {shortAgo(row.last.at, now.value)}
      </time>
    );
  }
  const waited = now.value - row.waiting_since;
  const how = urgency(waited);
  return (
    <span class={`wait wait-${how}`} title={t("waits_since", { time: exactTime(row.waiting_since) })}>
      {how === "late" ? <CircleAlert size={13} /> : <Clock size={13} />}
      <span class="sr">{how === "late" ? t("waits_late") : t("waits")}</span>
      {withWord && <span aria-hidden="true">{t("waits")}</span>}
      <span class="figures">{stopwatch(waited)}</span>
    </span>
  );
}

function LastWords({ row }: { row: Row }) {
  if (personTypes(row.id)) {
    return (
      <span class="row-text typing-text">
        {t("typing")}
        <i class="typing-dots" aria-hidden="true" />
      </span>
    );
  }
  const draft = draftOf(row.id).text;
  if (draft.trim()) {
    return (
      <span class="row-text">
        <PenLine size={12} class="row-draft" aria-hidden="true" />
        <span class="row-draft">{t("draft")}</span> <bdi>{draft.slice(0, 80)}</bdi>
      </span>
    );
  }
  const own = row.last.by === "agent";
  return (
    <span class="row-text">
      {row.last.kind === "note" && <Lock size={12} aria-label={t("note")} />}
      {own && <span class="row-who">{row.assignee?.id === me.value?.agent.id ? t("you_say") : t("team_says")} </span>}
      <bdi>{row.last.text}</bdi>
    </span>
  );
}

/** Where the conversation stands: number, filled places and the name for readers. */
function StepDots({ row }: { row: Row }) {
  const at = STEPS.indexOf(row.step);
  return (
    <span class="step-dots" title={stepName(row.step)}>
      {STEPS.map((s, i) => (
        <i key={s} class={i < at ? "past" : i === at ? "now" : ""} />
      ))}
      <span class="step-word">{stepName(row.step)}</span>
    </span>
  );
}

function Holder({ row }: { row: Row }) {
  const mine = row.assignee?.id === me.value?.agent.id;
  if (!row.assignee || mine) return null;
  return (
    <span class="row-holder" title={row.assignee.name}>
      <Face {...row.assignee} size="tiny" />
      <bdi>{row.assignee.name.split(" ")[0]}</bdi>
    </span>
  );
}
