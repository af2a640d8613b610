import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationView } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";

/** The region is emptied after this long, ms, so that nobody walks into old words. */
const CLEAR_MS = 8_000;

/** Says to screen readers what the customer answers to a card, once, when it comes. */
export function CardVoice({ view }: { view: ConversationView }) {
  const known = useRef(new Set(view.cards.filter((c) => c.answer).map((c) => c.id)));
  const [text, say] = useState("");
  useEffect(() => {
    const fresh = view.cards.filter((c) => c.answer && !known.current.has(c.id));
    if (fresh.length === 0) return;
    for (const c of fresh) known.current.add(c.id);
    say(fresh.map((c) => t(`card_${c.state}` as Key)).join(". "));
  }, [view.cards]);
  useEffect(() => {
    if (!text) return;
    const clear = setTimeout(() => say(""), CLEAR_MS);
    return () => clearTimeout(clear);
  }, [text]);
  return (
    <div class="sr" role="status">
      {text}
    </div>
  );
}
