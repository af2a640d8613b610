import { useEffect, useRef, useState } from "preact/hooks";
import { wordsOf } from "../../../wire";
import type { ConversationView } from "../../../wire/protocol";

const BATCH_MS = 500;
const CLEAR_MS = 8_000;

/** Says each incoming message once to screen readers; history and one's own words stay silent. */
export function Announcer({ view }: { view: ConversationView }) {
  const said = useRef(view.seq);
  const [text, say] = useState("");
  useEffect(() => {
    const fresh = view.messages.filter((m) => m.seq > said.current && m.author.kind === "person");
    if (fresh.length === 0) return;
    const speak = setTimeout(() => {
      said.current = view.seq;
      say(fresh.map((m) => `${m.author.name || view.person.name}: ${wordsOf(m)}`).join("\n"));
    }, BATCH_MS);
    return () => clearTimeout(speak);
  }, [view.seq]);
  useEffect(() => {
    if (!text) return;
    const clear = setTimeout(() => say(""), CLEAR_MS);
    return () => clearTimeout(clear);
  }, [text]);
  return (
    <div class="sr" role="status" aria-live="polite">
      {text}
    </div>
  );
}
