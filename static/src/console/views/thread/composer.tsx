import { CornerDownLeft, Lock, Reply, SquareSlash } from "lucide-preact";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS } from "../../../wire/protocol";
import { t } from "../../i18n";
import { openConversation } from "../../nav";
import { isClosed, rowOf } from "../../state/conversation";
import { draftOf, setDraft } from "../../state/drafts";
import { send } from "../../state/link";
import { settings } from "../../state/settings";
import { holes, nextHole, slashQuery } from "../../state/template";
import { Button, IconButton } from "../../ui/button";
import { part } from "../../ui/part";
import { attachedTo } from "../../state/attached";
import { Deeds } from "../agreement/lazy";
import { Attach } from "../files/lazy";
import { AtMenu, atQuery, useAt } from "./at";
import { EmojiButton } from "./emoji-button";
import { Mirror } from "./mirror";
import { attempt, undoSend } from "./sending";
import { SlashMenu, useSlash } from "./slash";
import { insertText, rememberCaret, wish, writeIn } from "./writing";

/** What reads a reply as it is written comes with its first letter. */
const Marks = part(() => import("../../marks/marks"), true);

/** Another typing frame at most this often, ms. */
const TYPING_EVERY = 3_000;

/** The place to write: to the customer, or to the team only. */
export function Composer({ id }: { id: string }) {
  const draft = draftOf(id);
  const chat = rowOf(id)?.split_from;
  const note = draft.kind === "note" || !!chat;
  useEffect(() => void (chat && draft.kind !== "note" && setDraft(id, { kind: "note" })), [chat, draft.kind]);
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [error, setError] = useState("");
  const slash = useSlash(id, slashQuery(draft.text, caret));
  const at = useAt(id, note ? atQuery(draft.text, caret) : null);
  useWishes(id, area, draft.text, setCaret);
  useTypingFrames(id, draft.kind, draft.text);

  const look = () => {
    const el = area.current;
    if (!el) return;
    setCaret(el.selectionStart);
    rememberCaret(id, el.selectionStart, el.selectionEnd);
  };
  const write = (text: string) => {
    setDraft(id, { text });
    setError("");
    look();
  };
  const go = async (thenClose: boolean) => {
    const trouble = await attempt(id, thenClose);
    if (trouble !== null) setError(trouble);
    area.current?.focus();
  };
  const keyDown = (e: KeyboardEvent) => {
    // While an input method composes, Enter belongs to it.
    if (e.isComposing || e.keyCode === 229 || slash.keyDown(e) || at.keyDown(e)) return;
    if (e.key === "Enter") onEnter(e, go);
    else if (e.key === "Tab" && !e.shiftKey && holes(draft.text).length > 0) {
      e.preventDefault();
      goToHole(id, draft.text, area.current?.selectionEnd ?? 0);
    } else if (e.key === "Escape" && !undoSend()) area.current?.blur();
  };

  return (
    <section class={`composer ${note ? "composer-note" : ""}`} aria-label={note ? t("write_note") : t("write_reply")}>
      <Modes id={id} note={note} chat={chat} />
      <div class="composer-field">
        <Mirror text={draft.text} />
        <textarea
          ref={area}
          dir="auto"
          rows={2}
          value={draft.text}
          maxLength={LIMITS.text}
          placeholder={placeholder(id, note)}
          aria-label={note ? t("note_label") : t("reply_label")}
          aria-autocomplete="list"
          aria-controls={slash.open ? "slash-menu" : at.open ? "at-menu" : undefined}
          aria-activedescendant={slash.active ?? at.active}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? "composer-error" : undefined}
          onInput={(e) => write(e.currentTarget.value)}
          onSelect={look}
          onKeyDown={keyDown}
          onBlur={() => (slash.dismiss(), at.dismiss())}
        />
      </div>
      {error && (
        <p class="field-error" id="composer-error" role="alert">
          {error}
        </p>
      )}
      <SlashMenu slash={slash} />
      <AtMenu at={at} />
      <Foot id={id} note={note} go={(thenClose) => void go(thenClose)} />
    </section>
  );
}

function placeholder(id: string, note: boolean): string {
  if (note) return t("note_placeholder");
  return isClosed(id) ? t("closed_placeholder") : t("reply_placeholder");
}

/** What else can be put in, and the buttons that send. */
function Foot({ id, note, go }: { id: string; note: boolean; go: (thenClose: boolean) => void }) {
  const { text } = draftOf(id);
  const closed = isClosed(id);
  const nothing = !text.trim() && !attachedTo(id).length;
  return (
    <footer class="composer-foot">
      <IconButton label={t("insert_template")} keys="/" onClick={() => insertText(id, text && !/\s$/.test(text) ? " /" : "/")}>
        <SquareSlash size={18} />
      </IconButton>
      <EmojiButton pick={(sign) => insertText(id, sign)} />
      <Attach id={id} />
      {!note && <Deeds id={id} />}
      <span class="composer-hint">{text && (settings.value.enterSends ? t("enter_sends") : t("ctrl_enter_sends"))}</span>
      {!note && text && <Marks id={id} text={text} />}
      {!note && !closed && (
        <Button kind="quiet" class="send-close" disabled={nothing} onClick={() => go(true)}>
          {t("send_and_close")}
        </Button>
      )}
      <Button kind={note ? "note" : "primary"} disabled={nothing} onClick={() => go(false)}>
        {note ? t("add_note") : t("send")} <CornerDownLeft size={14} class="mirror" />
      </Button>
    </footer>
  );
}

/** Puts the caret where a template, an idea or a shortcut wants it, once the field shows the text. */
function useWishes(id: string, area: RefObject<HTMLTextAreaElement | null>, text: string, setCaret: (at: number) => void): void {
  useLayoutEffect(() => {
    const to = wish.value;
    if (!to || to.id !== id || !area.current) return;
    area.current.focus();
    area.current.setSelectionRange(to.start, to.end);
    setCaret(to.end);
    wish.value = null;
  }, [wish.value, text]);
}

function onEnter(e: KeyboardEvent, go: (thenClose: boolean) => void): void {
  const strong = e.ctrlKey || e.metaKey;
  if (!strong && (e.shiftKey || e.altKey || !settings.value.enterSends)) return;
  e.preventDefault();
  e.stopPropagation();
  go(strong && e.shiftKey);
}

function goToHole(id: string, text: string, from: number): void {
  const hole = nextHole(text, from);
  if (hole) wish.value = { id, start: hole.start, end: hole.end };
}

/** chat: where the customer is told, of what was split off it. */
function Modes({ id, note, chat }: { id: string; note: boolean; chat: string | undefined }) {
  return (
    <div class="modes" role="group" aria-label={t("write_to")}>
      <button type="button" class={`mode ${note ? "" : "on"}`} aria-pressed={!note} onClick={() => (chat ? openConversation(chat) : writeIn(id, "reply"))}>
        <Reply size={14} class="mirror" /> {t(chat ? "tell_customer" : "reply")}
      </button>
      <button type="button" class={`mode ${note ? "on" : ""}`} aria-pressed={note} onClick={() => writeIn(id, "note")}>
        <Lock size={14} /> {t("note")}
      </button>
      {note && <span class="note-warning">{t("team_only_long")}</span>}
    </div>
  );
}

/** Tells the others that one writes, and that one stopped. */
function useTypingFrames(id: string, kind: "reply" | "note", text: string): void {
  const last = useRef(0);
  const first = useRef(text);
  const frame = (on: boolean) => send({ type: "typing", conversation_id: id, kind, on });
  useEffect(() => {
    if (text === first.current) return;
    first.current = text;
    if (!text && last.current) {
      last.current = 0;
      frame(false);
    } else if (text && Date.now() - last.current > TYPING_EVERY) {
      last.current = Date.now();
      frame(true);
    }
  }, [text]);
  useEffect(
    () => () => {
      if (last.current) frame(false);
    },
    [],
  );
}
