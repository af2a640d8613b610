import type { CustomerPromise } from "../../../wire/protocol";
import { t } from "../../i18n";
import { heard } from "../../state/promises";
import { me } from "../../state/session";
import { done, failed } from "../../state/toasts";
import { dueWords } from "./when";

/** Tells whom a reminder concerns: its owner, and once it is late for a while those who look after the others. */
export function remind(what: "soon" | "late" | "escalated", promise: CustomerPromise): void {
  heard(promise);
  const own = promise.owner?.id === me.value?.agent.id;
  if (!own && !(what === "escalated" && me.value?.agent.role !== "agent")) return;
  const line = t(`remind_${what}`, { text: promise.text, time: dueWords(promise.due_at) });
  if (what === "soon") return done(line);
  failed(line, own ? t("remind_detail") : t("remind_owner", { name: promise.owner?.name ?? "" }));
}
