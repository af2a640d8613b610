import type { CustomerPromise, ToAgentFrame } from "../../../wire/protocol";
import { t } from "../../i18n";
import { heard } from "../../state/promises";
import { me } from "../../state/session";
import { done, failed } from "../../state/toasts";
import "../delay/dress";
import { dueWords } from "./when";

type What = Extract<ToAgentFrame, { type: "promise" }>["what"];

/** Tells whom a reminder concerns: its owner, and once it is late for a while those who look after the others. */
export function remind(what: What, promise: CustomerPromise): void {
  heard(promise);
  const own = promise.owner?.id === me.value?.agent.id;
  if (!own && !(what === "escalated" && me.value?.agent.role !== "agent")) return;
  const words = { text: promise.text, time: dueWords(promise.due_at) };
  if (what === "delayed" || what === "may_be_late") {
    const now = what === "may_be_late" ? "maybe" : promise.delay === "open" ? "open" : "moved";
    return failed(t(`delay_${now}_notice`, words), t(`delay_${now}_detail`, words));
  }
  const line = t(`remind_${what}`, words);
  if (what === "soon") return done(line);
  failed(line, own ? t("remind_detail") : t("remind_owner", { name: promise.owner?.name ?? "" }));
}
