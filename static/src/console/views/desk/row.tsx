import { AlarmClock, BadgeCheck, Check, CircleAlert, Clock, Hand, Lock, Megaphone, PenLine } from "lucide-preact";
import type { Row } from "../../../wire/protocol";
import { STEPS } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { selected, selecting, stretch, toggle } from "../../state/order";
import { now } from "../../state/clock";
import { draftOf } from "../../state/drafts";
import { unreadMentions } from "../../state/lists";
import { isGuest, urgency } from "../../state/rows";
import { me } from "../../state/session";
import { personTypes, team, watching } from "../../state/team";
import { Face } from "../../ui/face";
import { due } from "../../../panel/view/time";
import { exactTime, personName, shortAgo, stepName, stopwatch } from "../../words";

/** One conversation in a list: who, the last words, how long they wait, where it stands. */
export function RowItem({ row, top, on, at }: { row: Row; top: number; on: boolean; at: boolean }) {
  const name = personName(row.person);
  const online = watching.value[row.id]?.person_online;
  const many = selecting.value || selected.value.length > 0;
  const picked = selected.value.includes(row.id);
  const press = (e: MouseEvent) => {
    if (e.shiftKey) stretch(row.id);
    else if (selecting.value || e.ctrlKey || e.metaKey || (many && (e.target as Element).closest(".row-face"))) toggle(row.id);
    else openConversation(row.id);
  };
  return (
    <div
      id={`row-${row.id}`}
      role="option"
      aria-selected={on}
      aria-checked={many ? picked : undefined}
      tabIndex={-1}
      class={`row ${on ? "on" : ""} ${at ? "at" : ""} ${row.unread > 0 || row.put_back || unreadMentions.value.has(row.id) ? "unread" : ""} ${picked ? "picked" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={press}
      onKeyDown={(e) => e.key === "Enter" && openConversation(row.id)}
    >
      <span class="row-face">
        {many ? <span class={`row-check ${picked ? "on" : ""}`}>{picked && <Check size={16} aria-hidden="true" />}</span> : <Face id={row.person.id} name={row.person.name} size="medium" online={online || undefined} />}
      </span>
      <div class="row-main">
        <div class="row-line">
          <span class="row-name">
            <bdi>{name}</bdi>
            {row.person.verified && <BadgeCheck size={13} class="verified" aria-label={t("verified")} />}
            {row.public && <Megaphone size={13} class="mirror" aria-label={t("public")} />}
          </span>
          <Wait row={row} />
        </div>
        <div class="row-line">
          <LastWords row={row} />
          {(row.unread > 0 || row.put_back) && (
            <span class="unread-count">
              {row.unread || ""}
              <span class="sr"> {t("unread")}</span>
            </span>
          )}
        </div>
        <div class="row-line row-foot">
          {row.complaint && <span class={`tag ${me.value?.agent.complaints ? "tag-mine" : ""}`}>{t("complaint_row")}</span>}
          {unreadMentions.value.has(row.id) && <span class="tag tag-mine">{t("names_you")}</span>}
          <StepDots row={row} />
          <RowTags row={row} />
          <Holder row={row} />
        </div>
      </div>
    </div>
  );
}

/** mm:ss since the customer began to wait; late is told by an icon and a word as well as by colour. */
export function Wait({ row, withWord }: { row: Row; withWord?: boolean }) {
  if (row.snoozed_until) {
    return (
      <time class="row-time row-sleep" title={exactTime(row.snoozed_until)}>
        <AlarmClock size={12} aria-hidden="true" />
        <span class="sr">{t("back_at")} </span>
        {due(row.snoozed_until, now.value)}
      </time>
    );
  }
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

/** The first tag, and how many more. */
function RowTags({ row }: { row: Row }) {
  const [first, ...more] = row.tags ?? [];
  if (!first) return null;
  return (
    <span class="row-tags" title={row.tags?.map((x) => x.name).join(", ")}>
      <span class="tag">
        <bdi>{first.name}</bdi>
      </span>
      {more.length > 0 && <span class="row-more">+{more.length}</span>}
    </span>
  );
}

function Holder({ row }: { row: Row }) {
  const mine = row.assignee?.id === me.value?.agent.id;
  const asked = row.offered_to ? team.value.find((a) => a.id === row.offered_to) : undefined;
  if (asked) {
    return (
      <span class="row-holder row-asked" title={t("offered_to", { name: asked.name })}>
        <Hand size={12} aria-hidden="true" />
        <span class="sr">{t("offered_to", { name: asked.name })}</span>
        <bdi aria-hidden="true">{asked.id === me.value?.agent.id ? t("you") : asked.name.split(" ")[0]}</bdi>
      </span>
    );
  }
  if (!row.assignee || mine) return null;
  return (
    <span class="row-holder" title={row.assignee.name}>
      {isGuest(row, me.value?.agent.id ?? "") && <span class="tag tag-mine">{t("guest_row")}</span>}
      <Face {...row.assignee} size="tiny" />
      <bdi>{row.assignee.name.split(" ")[0]}</bdi>
    </span>
  );
}
