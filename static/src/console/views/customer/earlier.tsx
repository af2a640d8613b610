import { ChevronRight, Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import type { ConversationView, Message, Row } from "../../../wire/protocol";
import { wordsOf } from "../../../wire";
import { api, type ApiError } from "../../api";
import { t, type Key } from "../../i18n";
import { openConversation } from "../../nav";
import { now } from "../../state/clock";
import { askAbout } from "../../state/order";
import { may } from "../../state/session";
import { Button } from "../../ui/button";
import { Skeleton } from "../../ui/state";
import { ago, exactTime } from "../../words";
import { Channel } from "../entry/channel";
import { Markdown } from "../../../panel/view/markdown";

/** Earlier conversations with this customer, and what was entered by hand, readable in place. */
export function Earlier({ id, rows }: { id: string; rows: readonly Row[] }) {
  const enters = may("conversation.answer");
  if (rows.length === 0 && !enters) return null;
  return (
    <div class="section">
      <div class="section-head">
        <h4 class="grow">
          {t("earlier")} {rows.length > 0 && <span class="count">{rows.length}</span>}
        </h4>
        {enters && (
          <Button kind="quiet" onClick={() => askAbout("enter", [id])}>
            <Plus size={14} /> {t("enter_it")}
          </Button>
        )}
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
          {row.channel && <Channel of={row.channel} />}
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
