import { Check, Handshake, MessageSquareQuote, X } from "lucide-preact";
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Card, ConversationView, Message } from "../../../wire/protocol";
import { explain } from "../../desk";
import { t } from "../../i18n";
import { openEditor } from "../../state/agreement";
import { agreedInWords, noteYes, worthA } from "../../state/cards";
import { found } from "../../state/matters";
import { Button, IconButton } from "../../ui/button";
import { ClosingLine } from "../closing/line";
import { Found } from "../matters/found";

/** Suggestions that were waved away, while this page lives. */
const dismissed = signal<ReadonlySet<string>>(new Set());

/** One quiet line: a yes in words that a card waits for, what was found in their words besides, or that a card would be worth it. */
export function Suggestion({ id, view }: { id: string; view: ConversationView }) {
  const agreed = agreedInWords(view);
  const kind = worthA(view);
  if (agreed) return <Agreed card={agreed.card} message={agreed.message} />;
  if (found(view)) return <Found id={id} view={view} />;
  if (!kind) return <ClosingLine id={id} view={view} />;
  const summary = kind === "summary";
  return (
    <Line of={`${view.matter.id}:${kind}`} icon={summary ? <MessageSquareQuote size={14} aria-hidden="true" /> : <Handshake size={14} aria-hidden="true" />} text={t(summary ? "worth_saying_back" : "worth_proposing")}>
      <Button kind="quiet" onClick={() => openEditor(id, kind)}>
        {t(summary ? "say_back" : "propose")}
      </Button>
    </Line>
  );
}

/** They answered the card with a message: one tap says so, or names the option that they meant. */
function Agreed({ card, message }: { card: Card; message: Message }) {
  const note = (option: string) => void noteYes(card, message, option).catch(explain);
  const options = card.options.length ? card.options : [{ key: "", title: t("yes_note") }];
  return (
    <Line of={`yes:${card.id}:${message.id}`} icon={<Check size={14} aria-hidden="true" />} text={t(card.kind === "summary" ? "yes_to_summary" : card.options.length ? "yes_to_which" : "yes_to_proposal")}>
      {options.map((o) => (
        <Button key={o.key} kind="quiet" onClick={() => note(o.key)}>
          <bdi>{o.title}</bdi>
        </Button>
      ))}
    </Line>
  );
}

export function Line({ of, icon, text, children }: { of: string; icon: ComponentChildren; text: string; children: ComponentChildren }) {
  if (dismissed.value.has(of)) return null;
  return (
    <p class="suggestion">
      {icon}
      <span class="grow">{text}</span>
      {children}
      <IconButton class="small" label={t("dismiss")} onClick={() => (dismissed.value = new Set([...dismissed.value, of]))}>
        <X size={14} />
      </IconButton>
    </p>
  );
}
