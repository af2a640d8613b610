import { Check, CheckCheck, Clock, Lock, TriangleAlert } from "lucide-preact";
import type { ConversationEvent, ConversationView } from "../../../wire/protocol";
import { t } from "../../i18n";
import { now } from "../../state/clock";
import { retry, takeBack } from "../../state/outbox";
import { me } from "../../state/session";
import type { Line, State } from "../../state/thread";
import { AgreementLine } from "../agreement/lazy";
import { SentFiles } from "../files/lazy";
import { United } from "../unite/lazy";
import { Face } from "../../ui/face";
import { due } from "../../../panel/view/time";
import { clockTime, dayName, exactTime, personName } from "../../words";
// The customer sees the same marks, so both sides read one text.
import { LinkCard } from "../../../panel/view/link";
import { Markdown } from "../../../panel/view/markdown";

/** One line of the thread: a message, a day, what happened, or where the new ones begin. */
export function LineItem({ line, view }: { line: Line; view: ConversationView }) {
  switch (line.kind) {
    case "day":
      return (
        <div class="day">
          <span>{dayName(line.at, now.peek())}</span>
        </div>
      );
    case "new":
      return (
        <div class="new-line">
          <span>{t("new_line")}</span>
        </div>
      );
    case "event":
      if ("other" in line.event!) return <United event={line.event} />;
      if (/^(answers|invitation|card|promise|feedback|grant|delay)/.test(line.event!.type)) return <AgreementLine event={line.event!} view={view} />;
      return (
        <p class="event-line" title={exactTime(line.at)}>
          {happened(line.event!)} · {clockTime(line.at)}
        </p>
      );
    case "message":
      return <MessageLine line={line} view={view} />;
  }
}

function happened(e: ConversationEvent): string {
  const who = (id: string, name: string) => (id === me.value?.agent.id ? t("you") : name);
  const whom = (one: { id: string; name: string }) => (one.id === me.value?.agent.id ? t("you_object") : one.name);
  const whose = (by: { id: string; name: string }) => who(by.id, by.name);
  switch (e.type) {
    case "conversation.offered":
      if (e.from) return t("event_handing", { name: whom(e.agent), from: whose(e.by ?? e.from) });
      return t("event_offered", { name: whom(e.agent), why: e.why ?? "" });
    case "conversation.passed":
      return t("event_passed", { name: who(e.agent.id, e.agent.name), why: e.why });
    case "conversation.taken":
      if (e.handed) return t("event_handed", { name: whom(e.agent), from: whose(e.from!) });
      if (e.why) return t("event_assigned", { name: whom(e.agent), why: e.why });
      return e.from
        ? t("event_taken_over", { name: who(e.agent.id, e.agent.name), from: whom(e.from) })
        : t("event_taken", { name: who(e.agent.id, e.agent.name) });
    case "conversation.released":
      if (e.why) return t("event_lost", { name: who(e.agent.id, e.agent.name), why: e.why });
      return t("event_released", { name: who(e.agent.id, e.agent.name) });
    case "conversation.closed":
      return t(e.by.kind === "person" ? "event_ended" : "event_closed", { name: who(e.by.id, e.by.name || t("customer")) });
    case "conversation.reopened":
      return t("event_reopened", { name: who(e.by.id, e.by.name || t("customer")) });
    case "guest.asked":
      return t("event_guest_asked", { name: whom(e.agent), from: whose(e.by ?? e.from) });
    case "guest.passed":
      return t("event_passed", { name: who(e.agent.id, e.agent.name), why: e.why });
    case "guest.joined":
      return t("event_guest_joined", { name: who(e.agent.id, e.agent.name) });
    case "guest.left":
      return t(e.why ? "event_guest_lost" : "event_guest_left", { name: who(e.agent.id, e.agent.name) });
    case "transcript.sent":
      return t("event_copied", { name: e.by.kind === "person" ? e.by.name || t("customer") : whose(e.by), to: e.to });
    case "whisper.sent":
      return t("event_whispered", { by: whose(e.by), name: whom(e.agent) });
    case "conversation.snoozed":
      return t("event_snoozed", { name: who(e.by.id, e.by.name), time: due(e.until, e.at) });
    case "conversation.woken":
      return e.by.kind === "system" ? t("event_woken") : t("event_woken_by", { name: who(e.by.id, e.by.name || t("customer")) });
    default:
      return "";
  }
}

function MessageLine({ line, view }: { line: Line; view: ConversationView }) {
  const m = line.message!;
  const own = m.author.kind !== "person";
  const name = own ? m.author.name || t("automatic") : m.author.name || personName(view.person);
  const note = m.kind === "note";
  const side = note ? "note" : own ? "ours" : "theirs";
  return (
    <article class={`message ${side} ${line.first ? "first" : ""} ${line.last ? "last" : ""} ${m.kind === "auto" ? "auto" : ""}`} aria-label={t("said_at", { name, time: clockTime(m.at) })}>
      {line.first && (
        <header class="message-head">
          {!own && <Face id={view.person.id} name={view.person.name} size="small" />}
          {note && <Lock size={12} aria-label={t("note")} />}
          <bdi class="message-name">{own && m.author.id === me.value?.agent.id ? t("you") : name}</bdi>
          {note && <span class="quiet">{t("team_only")}</span>}
          {m.kind === "auto" && <span class="tag">{t("automatic")}</span>}
          <time title={exactTime(m.at)}>{clockTime(m.at)}</time>
        </header>
      )}
      <div class="bubble" dir="auto">
        {m.text && <Markdown text={m.text} />}
        {m.files && <SentFiles files={m.files} under={!!line.pending} />}
      </div>
      {m.link && <LinkCard link={m.link} />}
      {line.state && (line.last || line.state === "failed" || line.state === "sending") && <StateMark line={line} state={line.state} />}
    </article>
  );
}

const MARKS = { sending: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: TriangleAlert };

function StateMark({ line, state }: { line: Line; state: State }) {
  const Icon = MARKS[state];
  return (
    <footer class={`message-state state-${state}`}>
      <Icon size={13} aria-hidden="true" />
      <span>{t(`sent_${state}`)}</span>
      {line.pending?.failed && (
        <>
          <span>{line.pending.failed.message}</span>
          <button type="button" class="link" onClick={() => retry(line.pending!.client_id)}>
            {t("send_again")}
          </button>
          <button type="button" class="link" onClick={() => takeBack(line.pending!)}>
            {t("edit")}
          </button>
        </>
      )}
    </footer>
  );
}
