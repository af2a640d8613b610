import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app";
import type { Line } from "../engine/model";
import { t } from "../words";
import { CardItem } from "./card-lazy";
import { Icon } from "./icons";
import { PromiseItem } from "./promise";
import { MessageItem } from "./message";
import { rowsOf, type Row } from "./rows";
import { date, day } from "./time";

/** Rows in the document at once while the newest are looked at. */
const WINDOW = 120;
/** So near to the end, in pixels, counts as being there. */
const NEAR = 60;

function lineText({ what, by, before, own, other }: Line): string {
  switch (what) {
    case "joined": return t("line.joined", { agent: by });
    case "took_over": return t("line.took_over", { agent: by, before });
    case "handed": return t("line.handed", { agent: by });
    case "parted": return t("line.parted", { agent: by });
    case "left": return t("line.left", { agent: by });
    case "merged":
    case "received": return t(`line.${what}`, { day: date(other!.started_at) });
    case "reopened": return t("line.reopened");
    case "copied": return own ? t("line.copied_by_you", { address: before }) : t("line.copied", { agent: by, address: before });
    case "ended": return own ? t("line.ended_by_you") : by ? t("line.ended", { agent: by }) : t("line.ended_plain");
  }
}

function RowItem({ app, row }: { app: App; row: Row }) {
  switch (row.t) {
    case "message": return <MessageItem app={app} row={row} />;
    case "day": return <li class="day"><span>{day(row.at)}</span></li>;
    case "new": return <li class="new"><span>{t("thread.new")}</span></li>;
    case "card": return <li class="message other first last carded"><CardItem app={app} row={row} /></li>;
    case "promise": return <PromiseItem promised={row.promised} />;
    case "line":
      return (
        <li class="line">
          {lineText(row.line)}
          {row.line.other && app.has(row.line.other.id) && <> <button type="button" class="quiet" onClick={() => app.turnTo(row.line.other!.id)}>{t("line.show")}</button></>}
        </li>
      );
  }
}

/** Where the "new" line stands: fixed when the panel opens on unread messages, gone with the next own one. */
function useNewMark(app: App, lastOwn: string | undefined): number | null {
  const thread = app.shown();
  const [mark, setMark] = useState<{ id: string; after: number } | null>(null);
  const open = app.open.value;
  useEffect(() => {
    if (!open || !thread?.loaded || mark?.id === thread.id || !thread.unread) return;
    setMark({ id: thread.id, after: thread.marks.person_read });
  }, [open, thread?.id, thread?.loaded]);
  useEffect(() => {
    if (!open || lastOwn) setMark(null);
  }, [open, lastOwn]);
  return mark && mark.id === thread?.id ? mark.after : null;
}

/** Keeps the end in sight while it is looked at, and the same lines in sight when older ones come. */
function useStick(rows: Row[], ...extra: unknown[]) {
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const before = useRef({ first: "", height: 0 });
  const toEnd = () => box.current && (box.current.scrollTop = box.current.scrollHeight);
  useLayoutEffect(() => {
    const el = box.current!;
    const first = rows.find((r) => r.t === "message")?.key ?? "";
    if (atEnd) toEnd();
    else if (first !== before.current.first) el.scrollTop += el.scrollHeight - before.current.height;
    before.current = { first, height: el.scrollHeight };
  }, [rows.length, rows.at(-1)?.key, rows[0]?.key, ...extra]);
  useEffect(() => {
    const watch = new ResizeObserver(() => (atEnd ? toEnd() : hold()));
    watch.observe(box.current!);
    watch.observe(box.current!.querySelector("ol")!);
    return () => watch.disconnect();
  }, [atEnd]);
  const held = useRef<{ line?: Element | undefined; top: number }>({ top: 0 });
  const topOf = (line: Element) => line.getBoundingClientRect().top - box.current!.getBoundingClientRect().top;
  const hold = () => {
    const line = [...box.current!.querySelector("ol")!.children].findLast((li) => topOf(li) < box.current!.clientHeight);
    held.current = { line, top: line ? topOf(line) : 0 };
  };
  // A link's card comes into a message: what is read below it stays in its place.
  const links = rows.filter((r) => r.t === "message" && r.link).length;
  useLayoutEffect(() => {
    const { line, top } = held.current;
    if (!atEnd && line?.isConnected) box.current!.scrollTop += topOf(line) - top;
  }, [links]);
  const onScroll = () => {
    const el = box.current!;
    setAtEnd(el.scrollHeight - el.scrollTop - el.clientHeight < NEAR);
    hold();
  };
  return { box, atEnd, onScroll, toEnd };
}

/** What is on the screen, looked at and at its end counts as read. */
function useRead(app: App, atEnd: boolean): void {
  const thread = app.shown();
  const open = app.open.value;
  useEffect(() => {
    const read = () => {
      if (!open || !atEnd || !thread?.loaded || !thread.unread || document.visibilityState !== "visible") return;
      app.run({ do: "read", conversation: thread.id, seq: thread.seq });
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [open, atEnd, thread]);
}

export function Thread({ app }: { app: App }) {
  const { pending, acked, typing, presence } = app.model.value;
  const thread = app.shown();
  const own = pending.findLast((p) => !p.answer)?.client_id;
  const newAfter = useNewMark(app, own);
  const all = rowsOf(thread, pending, acked, newAfter);
  const [limit, setLimit] = useState(WINDOW);
  const writer = typing.find((w) => w.conversation_id === thread?.id);
  const rows = all.slice(-limit);
  const { box, atEnd, onScroll, toEnd } = useStick(rows, writer?.agent.id, thread?.cards);
  useRead(app, atEnd);
  useEffect(() => {
    if (atEnd) setLimit(WINDOW);
  }, [atEnd]);
  useLayoutEffect(() => void (own && toEnd()), [own]);
  const hidden = all.length > rows.length;
  const older = () => {
    setLimit(limit + WINDOW);
    if (!hidden && thread) app.run({ do: "older", conversation: thread.id });
  };
  return (
    <div class="thread">
      {/* A scrolling region must be reachable by keyboard. */}
      <div class="scroll" ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-live="off" aria-label={t("thread.label")}>
        {(hidden || thread?.more) && (
          <button type="button" class="quiet older" onClick={older}>{t("thread.older")}</button>
        )}
        {thread && !thread.loaded && !thread.trouble && <p class="note late" role="status">{t("thread.loading")}</p>}
        {thread?.trouble && (
          <p class="note" role="alert">
            {t("thread.failed")}{" "}
            <button type="button" class="quiet" onClick={() => app.run({ do: thread.trouble || "load", conversation: thread.id })}>{t("thread.again")}</button>
          </p>
        )}
        {!thread && presence.status === "online" && app.config.reply_note && <p class="note lead"><Icon name="clock" /><span dir="auto">{app.config.reply_note}</span></p>}
        <ol>
          {rows.map((row) => <RowItem key={row.key} app={app} row={row} />)}
        </ol>
        {writer && (
          <p class="typing">
            <span class="wave" aria-hidden="true"><i /><i /><i /></span>
            {t("typing.one", { agent: writer.agent.name })}
          </p>
        )}
      </div>
      {!atEnd && (
        <button type="button" class="latest round" aria-label={t("thread.latest")} title={t("thread.latest")} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}
