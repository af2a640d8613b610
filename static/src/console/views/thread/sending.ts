/** Whether a draft may go, and sending it. */
import { ask } from "../../ask";
import { t } from "../../i18n";
import { attached, attachedTo } from "../../state/attached";
import { openConversation } from "../../nav";
import { currentId, rowOf } from "../../state/conversation";
import { draftOf, setDraft, startedFrom } from "../../state/drafts";
import { stopLast } from "../../state/held";
import { post, takeBack } from "../../state/outbox";
import { isGuest } from "../../state/rows";
import { me } from "../../state/session";
import { colleagueAnswers } from "../../state/team";
import { nextHole } from "../../state/template";
import { wish } from "./writing";

/** Conversations in which sending over a colleague was confirmed; asked once while this page lives. */
const confirmed = new Set<string>();

/** Sends the draft if it may go. Returns what stands in the way, or null. */
export async function attempt(id: string, thenClose: boolean): Promise<string | null> {
  const draft = draftOf(id);
  const text = draft.text.trim();
  const going = attachedTo(id);
  if (!text && !going.length) return null;
  const files = going.flatMap((g) => g.sent ?? []);
  if (files.length < going.length) return t("files_wait");
  if (draft.kind === "reply") {
    const hole = nextHole(draft.text, 0);
    if (hole) {
      wish.value = { id, start: hole.start, end: hole.end };
      return t("hole_left", { name: hole.key });
    }
    if (!(await mayAnswer(id))) return null;
  }
  post(id, draft.kind, text, { templates: startedFrom.get(id), thenClose, files });
  attached.value = { ...attached.value, [id]: [] };
  setDraft(id, { text: "", kind: "reply" });
  return null;
}

/** Sends a reply beside what is being written, which stays: the server lets its copy go with a reply, so it is saved again. */
export function say(id: string, text: string, more: Parameters<typeof post>[3] = {}): void {
  post(id, "reply", text, more);
  if (draftOf(id).text) setDraft(id, {});
}

/** Takes the last reply that waits to go out back into its composer, and shows that; false where none waits. */
export function undoSend(): boolean {
  const back = stopLast();
  if (!back) return false;
  const id = back.conversation_id;
  takeBack(back);
  if (id !== currentId.value) openConversation(id);
  const end = back.text.length;
  wish.value = { id, start: end, end };
  return true;
}

/** Asks once before writing over a colleague who answers or has the conversation. */
export async function mayAnswer(id: string): Promise<boolean> {
  const self = me.value?.agent.id;
  const row = rowOf(id);
  const holder = row && self && isGuest(row, self) ? null : row?.assignee;
  const writes = colleagueAnswers(id);
  const other = writes ?? (holder && holder.id !== self ? holder : null);
  if (!other || confirmed.has(id)) return true;
  const title = writes ? t("is_answering", { name: other.name }) : t("has_it", { name: other.name });
  const yes = await ask({ title, body: t("send_anyway_body"), yes: t("send_anyway") });
  if (yes) confirmed.add(id);
  return yes;
}
