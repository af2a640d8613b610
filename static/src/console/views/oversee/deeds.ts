/** What is done with whispers, by both sides. */
import { api } from "../../api";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { done } from "../../state/toasts";
import { insertText } from "../thread/writing";
import { putAside } from "./whispers";

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
export function useWhisper(w: { id: string; seq: number; text: string }): void {
  putAside(w.id, w.seq);
  insertText(w.id, w.text);
}
