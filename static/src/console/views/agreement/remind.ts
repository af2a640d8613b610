import type { CustomerPromise, ToAgentFrame } from "../../../wire/protocol";
import { t } from "../../i18n";
import { notice } from "../../notify";
import { heard } from "../../state/promises";
import { may, me } from "../../state/session";
import { done, failed } from "../../state/toasts";
import { tellHeld } from "../closing/held";
import "../delay/dress";
import { dueWords } from "./when";

type Reminder = Extract<ToAgentFrame, { type: "promise" }>;

/** Tells of a promise, or of a follow-up that was held back. */
export function tell(frame: Reminder | Extract<ToAgentFrame, { type: "follow_up" }>): void {
  if (frame.type === "promise") remind(frame.what, frame.promise);
  else tellHeld(frame.site_id, frame.follow_up);
}

/**
 * Tells whom a reminder concerns: who answers for it, which is everybody where anyone does, and once it is late for a
 * while those who look after the others.
 */
function remind(what: Reminder["what"], promise: CustomerPromise): void {
  heard(promise);
  const { owner, away } = promise;
  const own = owner === null || owner.id === me.value?.agent.id;
  if (!own && !(what === "escalated" && may("complaint.oversee"))) return;
  const words = { text: promise.text, time: dueWords(promise.due_at), name: away?.name ?? "" };
  if (what === "delayed" || what === "may_be_late") {
    const now = what === "may_be_late" ? "maybe" : promise.delay === "open" ? "open" : "moved";
    return failed(t(`delay_${now}_notice`, words), t(`delay_${now}_detail`, words));
  }
  if (what === "handed") return done(t(owner ? "remind_handed" : "remind_handed_anyone", words));
  const theirs = promise.whose === "theirs";
  const line = theirs ? t(`remind_theirs_${what}`, words) : t(`remind_${what}`, words);
  if (own) notice("promise", promise.conversation_id, line, "");
  if (what === "soon") return done(line);
  failed(line, own ? t(theirs ? "remind_theirs" : owner ? "remind_detail" : "remind_anyone") : t("remind_owner", { name: owner?.name ?? "" }));
}
