import { ChevronRight } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { ConversationView, Message } from "../../../wire/protocol";
import { wordsOf } from "../../../wire";
import { api, type ApiError } from "../../api";
import { t, type Key } from "../../i18n";
import { openConversation } from "../../nav";
import { Skeleton } from "../../ui/state";
import { Markdown } from "../../../panel/view/markdown";

/** Another conversation under one line, readable in place. */
export function Folded({ id, more, children }: { id: string; more?: ComponentChildren; children: ComponentChildren }) {
  const [messages, setMessages] = useState<readonly Message[] | null>(null);
  const [error, setError] = useState("");
  const load = async (open: boolean) => {
    if (!open || messages) return;
    try {
      setMessages((await api.get<ConversationView>(`conversations/${id}`)).messages);
    } catch (err) {
      setError((err as ApiError).message);
    }
  };
  return (
    <details class="fold" onToggle={(e) => void load(e.currentTarget.open)}>
      <summary>
        <ChevronRight size={14} class="fold-sign mirror" />
        {children}
      </summary>
      <div class="earlier-thread">
        {error && <p class="field-error">{error}</p>}
        {!messages && !error && <Skeleton lines={2} />}
        {messages?.map((m) => (
          <div key={m.id} class={`earlier-line by-${m.author.kind} ${m.kind === "note" ? "is-note" : ""}`} dir="auto">
            <strong>{m.author.name || t(`by_${m.author.kind}` as Key)}</strong> <Markdown text={wordsOf(m)} />
          </div>
        ))}
        {messages && (
          <button type="button" class="link" onClick={() => openConversation(id)}>
            {t("open_whole")}
          </button>
        )}
        {more}
      </div>
    </details>
  );
}
