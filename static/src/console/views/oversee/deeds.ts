/** What is done with whispers, by both sides. */
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { lastWhisper, putAside, type Whisper } from "../../state/whispers";
import { done } from "../../state/toasts";
import { insertText } from "../thread/writing";

/** Whispers to who has a conversation; under the same client id once, however often it is sent. Says whether it is stored. */
export async function whisper(id: string, client_id: string, text: string, name: string): Promise<boolean> {
  try {
    await api.post(`conversations/${id}/whispers`, { client_id, text });
    done(t("whispered", { name }));
    return true;
  } catch (err) {
    explain(err);
    return false;
  }
}

/** Puts its words into the draft, where the caret is, and puts it aside. */
export function useWhisper(id: string, w: Whisper | undefined = lastWhisper(id)): void {
  if (!w) return;
  putAside(id, w.seq);
  insertText(id, w.text);
}
