/** Notes that name the agent at this console: where they were not looked at yet, and in which order they came. */
import type { ToAgentFrame } from "../../wire/protocol";
import { api } from "../api";
import { t } from "../i18n";
import { currentId, whenLookedAt } from "./conversation";
import { atLeaving } from "./leaving";
import { fetchList, list, mentioned, unreadMentions } from "./lists";
import { me, site } from "./session";
import { done } from "./toasts";

atLeaving(() => {
  unreadMentions.value = new Set();
  mentioned.value = [];
});

/** Reads again what is unread; a failure leaves what was there. */
export async function fetchMentions(): Promise<void> {
  const at = site.value?.id;
  if (!at) return;
  const { unread } = await api.get<{ unread: string[] }>(`mentions?site=${at}`);
  if (site.value?.id === at) unreadMentions.value = new Set(unread);
}

/** Somebody named agents in a note, of whichever site: one of them may sit here. */
export function hearMention(frame: Extract<ToAgentFrame, { type: "mention" }>): boolean {
  if (!frame.agents.includes(me.value?.agent.id ?? "")) return false;
  // The list and its number are the shown site's.
  const here = frame.site_id === site.value?.id;
  if (here) unreadMentions.value = new Set([frame.conversation_id, ...unreadMentions.value]);
  if (frame.conversation_id === currentId.value && !document.hidden) {
    look(frame.conversation_id);
    return false;
  }
  done(t("mentioned_by", { name: frame.by.name, text: frame.text }));
  if (here && list.value === "mentions") void fetchList("mentions");
  return true;
}

function look(id: string): void {
  if (!unreadMentions.value.has(id)) return;
  unreadMentions.value = new Set([...unreadMentions.value].filter((x) => x !== id));
  void api.post(`conversations/${id}/mentions/read`).catch(() => {});
}
whenLookedAt(look);
