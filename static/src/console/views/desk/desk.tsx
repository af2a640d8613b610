import * as splitter from "@zag-js/splitter";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { deskPath, go } from "../../nav";
import { currentId, expectConversation, leaveDesk, prefetch, showConversation } from "../../state/conversation";
import { waitElsewhere } from "../../state/elsewhere";
import { counts, cursor, list, LISTS, live, showList } from "../../state/lists";
import { contextOpen, room } from "../../state/room";
import { choose, settings } from "../../state/settings";
import { dir } from "../../ui/dir";
import { Context, ContextDrawer, ContextStrip } from "../context/context";
import { Thread } from "../thread/thread";
import { Lists } from "./lists";
import { Rail } from "./rail";

/** The working place: lists, thread and coach, side by side where there is room. */
export function Desk({ params }: { params?: { list?: string; id?: string } }) {
  const name = LISTS.find((l) => l === params?.list);
  const id = params?.id ?? "";
  useMemo(() => expectConversation(id), [id]);
  useEffect(() => {
    if (name) showList(name);
    else go(deskPath(list.value), true);
  }, [name]);
  // Before it is painted, so that nobody sees a desk without its conversation.
  useLayoutEffect(() => {
    showConversation(id);
    if (id) cursor.value = id;
    contextOpen.value = false;
  }, [id]);
  useEffect(() => {
    const timer = setTimeout(() => void prefetch(following(id)), 400);
    return () => clearTimeout(timer);
  }, [id]);
  useEffect(() => leaveDesk, []);

  return (
    <div class={`desk desk-${room.value} ${id ? "has-thread" : ""}`}>
      {!(room.value === "narrow" && id) && <Rail at="desk" />}
      <Panes id={id} />
    </div>
  );
}

/** The two that stand after this one in the list. */
function following(id: string): string[] {
  const ids = live.peek().map((r) => r.id);
  return ids.slice(ids.indexOf(id) + 1).slice(0, 2);
}

function Panes({ id }: { id: string }) {
  if (room.value === "narrow") {
    return (
      <main class="pane-one">
        {id ? <Thread id={id} /> : <Lists />}
        {id && contextOpen.value && <ContextDrawer />}
      </main>
    );
  }
  const whole = room.value === "wide" && settings.value.context === "open" && !!id;
  return (
    <>
      <Split key={whole ? "three" : "two"} context={whole} />
      {!whole && id && <ContextStrip />}
      {!whole && id && contextOpen.value && <ContextDrawer />}
    </>
  );
}

/** Panes whose widths are dragged, or moved by arrow keys, and remembered. */
function Split({ context }: { context: boolean }) {
  const [lists = 24, , side = 26] = settings.value.panes;
  const panels = [
    { id: "lists", minSize: 17, maxSize: 40 },
    { id: "thread", minSize: 34 },
    ...(context ? [{ id: "context", minSize: 19, maxSize: 38 }] : []),
  ];
  const keep = (size: number[]) => {
    const [a = lists] = size;
    const c = size[2] ?? side;
    choose({ panes: [a, 100 - a - c, c] });
  };
  const service = useMachine(splitter.machine, {
    id: "panes",
    dir: dir(),
    panels,
    defaultSize: context ? [lists, 100 - lists - side, side] : [lists + 4, 96 - lists],
    onResizeStart: standIn,
    onResizeEnd: (d) => context && keep(d.size),
  });
  const api = splitter.connect(service, normalizeProps);
  const grip = (a: string, b: string, label: string) => <div {...api.getResizeTriggerProps({ id: `${a}:${b}` })} aria-label={label} class="grip" />;
  const pane = (id: string, label: string, children: ComponentChildren) => (
    <section {...api.getPanelProps({ id })} class={`pane pane-${id}`} aria-label={label}>
      {children}
    </section>
  );
  return (
    <main {...api.getRootProps()} class="panes">
      {pane("lists", t("lists"), <Lists />)}
      {grip("lists", "thread", t("resize_lists"))}
      {pane("thread", t("conversation"), currentId.value ? <Thread id={currentId.value} /> : <NoThread />)}
      {context && grip("thread", "context", t("resize_context"))}
      {context && pane("context", t("coach_and_customer"), <Context />)}
    </main>
  );
}

/**
 * The splitter writes a style element for the cursor while dragging, which our content security
 * policy refuses. An element with that id makes it write there instead; the cursor is our own CSS.
 */
function standIn(): void {
  const id = "splitter:panes:global-cursor";
  if (document.getElementById(id)) return;
  const element = document.createElement("template");
  element.id = id;
  document.head.append(element);
}

function NoThread() {
  const here = live.value.length > 0;
  const n = counts.value.queue;
  const others = waitElsewhere.value;
  if (!here && n === 0 && others > 0) {
    return (
      <div class="no-thread">
        <p class="no-thread-title">{t("n_waiting_elsewhere", { n: others })}</p>
      </div>
    );
  }
  return (
    <div class="no-thread">
      <p class="no-thread-title">{here ? t("choose_conversation") : n > 0 ? t("n_waiting", { n }) : t("all_answered")}</p>
      <p class="quiet">{here ? t("choose_conversation_how") : n > 0 ? <a href={"/console" + deskPath("queue")}>{t("see_queue")}</a> : t("all_answered_more")}</p>
    </div>
  );
}

