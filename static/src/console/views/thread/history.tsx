import { ArrowDown } from "lucide-preact";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { fetchOlder, type Opened } from "../../state/conversation";
import { held } from "../../state/held";
import { landing } from "../../state/landing";
import { pending } from "../../state/outbox";
import { me } from "../../state/session";
import { personTypes } from "../../state/team";
import { lines, type Line } from "../../state/thread";
import { Skeleton, Trouble } from "../../ui/state";
import { useVirtual, type Virtual } from "../../ui/virtual";
import { personName } from "../../words";
import { LineItem } from "./line";

/** Close enough to the end to follow what comes, px. */
const NEAR_END = 80;

/** What was said, newest at the end; older pages come in as one scrolls up, and nothing jumps. */
export function History({ id, opened }: { id: string; opened: Opened }) {
  const view = opened.view!;
  const scroller = useRef<HTMLDivElement>(null);
  const mine = [...pending.value, ...held.value].filter((p) => p.conversation_id === id);
  const agent = me.value!.agent;
  const all = useMemo(
    () => lines({ messages: view.messages, events: view.events, pending: mine, marks: view.marks, me: { kind: "agent", id: agent.id, name: agent.name }, newAfter: opened.newAfter }),
    [view.messages, view.events, view.marks, pending.value, held.value, opened.newAfter],
  );
  const virtual = useVirtual({
    count: all.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => (all[i]?.event && "card" in all[i].event ? 200 : all[i]?.kind === "message" ? 56 : 36),
    getItemKey: (i) => all[i]?.key ?? i,
    overscan: 12,
    anchorTo: "end",
    followOnAppend: "auto",
    scrollEndThreshold: NEAR_END,
    paddingStart: 16,
    paddingEnd: 12,
  });
  useGrowUpwards(virtual, all);
  useLayoutEffect(() => virtual.scrollToEnd(), []);
  const sent = mine.length + view.cards.filter((c) => c.by.id === agent.id).length;
  useEffect(() => {
    if (sent > 0) virtual.scrollToEnd();
  }, [sent]);
  useStayAtEnd(scroller, () => virtual.scrollToEnd());
  const came = useLanding(id, opened, all, (i) => virtual.scrollToIndex(i, { align: "center" }));
  const items = virtual.getVirtualItems();
  const top = items[0]?.index ?? 0;
  const settled = useSettled();
  useEffect(() => {
    if (settled && top < 8 && view.more && !opened.olderError) void fetchOlder(id);
  }, [settled, top < 8, view.messages.length]);
  const away = settled && !virtual.isAtEnd(NEAR_END);
  const unseen = away && view.messages.at(-1)?.author.kind === "person";

  return (
    <div class="history-place">
      <div ref={scroller} class="history" role="log" aria-live="off" aria-label={t("history")} tabIndex={0}>
        {opened.older && <Skeleton kind="bubble" lines={1} />}
        {opened.olderError && <Trouble message={opened.olderError} retry={() => void fetchOlder(id)} />}
        <div class="history-inner" style={{ height: virtual.getTotalSize() }}>
          {items.map((v) => {
            const line = all[v.index];
            return (
              line && (
                <div key={v.key} data-index={v.index} ref={(el) => virtual.measureElement(el)} class={`history-line ${line.message && line.message.seq === came ? "landed" : ""}`} style={{ transform: `translateY(${v.start}px)` }}>
                  <LineItem line={line} view={view} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {away && (
        <button type="button" class="to-latest" onClick={() => virtual.scrollToEnd({ behavior: "auto" })}>
          <ArrowDown size={14} /> {unseen ? t("new_below") : t("to_latest")}
        </button>
      )}
      <div class="typing-place" aria-hidden="true">
        {personTypes(id) && (
          <span class="typing-now">
            <bdi>{personName(view.person)}</bdi> {t("is_typing")}
            <i class="typing-dots" />
          </span>
        )}
      </div>
    </div>
  );
}

/** How much before the message that somebody came for is fetched with it. */
const AROUND = 20;

/** Goes to the message that somebody came for, once it is here; returns its number while it is marked, else 0. */
function useLanding(id: string, opened: Opened, all: readonly Line[], to: (index: number) => void): number {
  const [came, mark] = useState(0);
  const wanted = landing.value?.id === id ? landing.value.seq : 0;
  const index = wanted ? all.findIndex((l) => l.message?.seq === wanted) : -1;
  useEffect(() => {
    if (!wanted) return;
    if (index < 0) {
      if (opened.view!.more && !opened.olderError) void fetchOlder(id, Math.max(1, wanted - AROUND));
      else if (!opened.older) landing.value = null;
      return;
    }
    // The list finds its end first; then it goes to where one wants to be.
    const timer = setTimeout(() => {
      mark(wanted);
      to(index);
      landing.value = null;
    }, 300);
    return () => clearTimeout(timer);
  }, [wanted, index, opened.older]);
  return came;
}

/** Where a link's card comes into a message, whatever is read below it stays in its place. */
function useGrowUpwards(virtual: Virtual, all: readonly Line[]): void {
  const known = useRef(new Set<Line["key"]>());
  const fresh = useRef(new Set<Line["key"]>());
  useMemo(() => {
    const linked = all.filter((l) => l.message?.link).map((l) => l.key);
    for (const key of linked) if (!known.current.has(key)) fresh.current.add(key);
    known.current = new Set(linked);
  }, [all]);
  virtual.shouldAdjustScrollPositionOnItemSizeChange = ({ key, start, end }, _, { itemSizeCache, scrollOffset, scrollRect, scrollDirection }) => {
    const top = scrollOffset ?? 0;
    const grown = fresh.current.delete(String(key));
    // As the list does by itself, but for what has grown.
    if (!itemSizeCache.has(key)) return start < top;
    return grown ? end < top + (scrollRect?.height ?? 0) : end <= top && scrollDirection !== "backward";
  };
}

/** When the room for the thread changes (a growing draft, an editor beside it, a keyboard), whoever read the end goes on reading it. */
function useStayAtEnd(scroller: RefObject<HTMLElement | null>, toEnd: () => void): void {
  const latest = useRef(toEnd);
  latest.current = toEnd;
  useEffect(() => {
    const el = scroller.current!;
    let room = el.clientHeight;
    const watch = new ResizeObserver(() => {
      // As it was before: the list may have been drawn for the new room already.
      const wasAtEnd = el.scrollHeight - el.scrollTop - room <= NEAR_END;
      room = el.clientHeight;
      if (wasAtEnd) latest.current();
    });
    watch.observe(el);
    return () => watch.disconnect();
  }, []);
}

/** False during the first moment, while the list finds its end. */
function useSettled(): boolean {
  const [settled, settle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => settle(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}
