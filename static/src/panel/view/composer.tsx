import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { App } from "../app";
import { plural, t } from "../words";
import { Files } from "./files-lazy";
import { Icon } from "./icons";
import { part } from "./part";
import { Popover } from "./popover";

const Emoji = part(async () => (await import("./emoji")).Emoji);

/** "Is writing" is told at most this often, in ms; the server forgets it by itself. */
const TELL_EVERY = 4_000;

/** Tells the agents that the visitor writes, and that they stopped. */
function useTyping(app: App) {
  const told = useRef(0);
  return (text: string) => {
    const conversation = app.shown()?.id;
    if (!conversation) return;
    const now = Date.now();
    if (text && now - told.current > TELL_EVERY) {
      told.current = now;
      app.run({ do: "typing", conversation, on: true });
    } else if (!text && told.current) {
      told.current = 0;
      app.run({ do: "typing", conversation, on: false });
    }
  };
}

export function Composer({ app }: { app: App }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const tell = useTyping(app);
  const text = app.draft.value;
  const over = [...text].length - app.model.value.textLimit;
  const closed = app.shown()?.state === "closed";
  const files = app.attached.value;
  // A file that is still on its way holds back the message that takes it along.
  const ready = (text.trim() || files.length > 0) && over <= 0 && files.every((g) => g.sent);

  useLayoutEffect(() => {
    const el = area.current!;
    el.style.blockSize = "auto";
    el.style.blockSize = `${el.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (app.focusAsked.value) area.current?.focus();
  }, [app.focusAsked.value]);

  const write = (next: string) => {
    app.draft.value = next;
    tell(next);
  };
  const send = () => {
    if (!ready) return area.current?.focus();
    write("");
    app.post(text.trim(), files);
    app.attached.value = [];
    area.current?.focus();
  };
  const onKeyDown = (e: KeyboardEvent) => {
    // Enter that ends a composition (Japanese, Chinese, Korean …) belongs to the input method.
    if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.keyCode === 229) return;
    e.preventDefault();
    send();
  };
  const insert = (symbol: string) => {
    const el = area.current!;
    el.setRangeText(symbol, el.selectionStart, el.selectionEnd, "end");
    write(el.value);
    el.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <textarea
        ref={area} rows={1} dir="auto" value={text} enterkeyhint="send" autocomplete="off"
        aria-label={t("composer.label")} placeholder={t(closed ? "composer.placeholder_closed" : "composer.placeholder")}
        aria-invalid={over > 0} aria-describedby={over > 0 ? "too-long" : undefined}
        onInput={(e) => write(e.currentTarget.value)} onKeyDown={onKeyDown}
      />
      {app.config.files && <Files app={app} />}
      <Popover label={t("composer.emoji")} icon="smile" role="group" className="emoji" columns={6}>
        {(close) => (
          <Emoji
            pick={(symbol) => {
              close();
              insert(symbol);
            }}
          />
        )}
      </Popover>
      <button type="submit" class="send" aria-label={t("composer.send")} title={t("composer.send")} disabled={!ready}>
        <Icon name="send" />
      </button>
      {over > 0 && <p id="too-long" class="over" role="alert">{plural("composer.too_long", over)}</p>}
    </form>
  );
}
