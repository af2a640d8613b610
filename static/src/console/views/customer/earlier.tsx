import { ChevronRight } from "lucide-preact";
import { useState } from "preact/hooks";
import type { ConversationView, Message, Row } from "../../../wire/protocol";
import { wordsOf } from "../../../wire";
import { api, type ApiError } from "../../api";
import { t, type Key } from "../../i18n";
import { openConversation } from "../../nav";
import { now } from "../../state/clock";
import { Skeleton } from "../../ui/state";
import { ago, exactTime } from "../../words";
import { Markdown } from "../../../panel/view/markdown";

/** Earlier conversations with this customer, readable in place. */
export function Earlier({ rows }: { rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <div class="section">
      <div class="section-head">
        <h4>{t("earlier")}</h4>
        <span class="count">{rows.length}</span>
      </div>
      <ul class="earlier">
        {rows.map((row) => (
          <EarlierItem key={row.id} row={row} />
        ))}
      </ul>
    </div>
  );
}

function EarlierItem({ row }: { row: Row }) {
  const [messages, setMessages] = useState<readonly Message[] | null>(null);
  const [error, setError] = useState("");
  const load = async (open: boolean) => {
    if (!open || messages) return;
    try {
      setMessages((await api.get<ConversationView>(`conversations/${row.id}`)).messages);
    } catch (err) {
      setError((err as ApiError).message);
    }
  };
  return (
    <li>
      <details class="fold" onToggle={(e) => void load(e.currentTarget.open)}>
        <summary>
          <ChevronRight size={14} class="fold-sign mirror" />
          <span class="grow earlier-text">
            <bdi>{row.last.text}</bdi>
          </span>
          <time title={exactTime(row.last.at)}>{ago(row.last.at, now.value)}</time>
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
            <button type="button" class="link" onClick={() => openConversation(row.id)}>
              {t("open_whole")}
            </button>
          )}
        </div>
      </details>
    </li>
  );
}
