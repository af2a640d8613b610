import { ArrowUp, Inbox, ListChecks, Search } from "lucide-preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ListName } from "../../../wire/protocol";
import { t, type Key } from "../../i18n";
import { deskPath, go, openConversation } from "../../nav";
import { currentId, lastId } from "../../state/conversation";
import { elsewhere, waitElsewhere } from "../../state/elsewhere";
import { counts, cursor, fetchList, hold, letIn, list, LISTS, pages, shown, unreadMentions } from "../../state/lists";
import { selected, selecting, unselect } from "../../state/order";
import { chooseSite, manages, me, site } from "../../state/session";
import { colleagues } from "../../state/team";
import { now } from "../../state/clock";
import { settings } from "../../state/settings";
import { IconButton } from "../../ui/button";
import { Face } from "../../ui/face";
import { Keys } from "../../ui/keys";
import { Menu } from "../../ui/menu";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { useVirtual } from "../../ui/virtual";
import { standingWords } from "../../words";
import { Bar } from "../order/lazy";
import { Views } from "../find/lazy";
import { paletteOpen } from "../palette/open";
import { Elsewhere } from "./elsewhere";
import { RowItem } from "./row";

/** The lists of a site: who needs me next, from the top. */
export function Lists() {
  return (
    <div class="lists">
      <header class="lists-head">
        <SiteName />
        <button type="button" class="search-button" onClick={() => (paletteOpen.value = true)}>
          <Search size={15} />
          <span class="grow">{t("search_or_go")}</span>
          <Keys keys="mod+K" />
        </button>
        <Tabs />
        <Views />
      </header>
      {(selecting.value || selected.value.length > 0) && <Bar />}
      <Rows />
      <TeamStrip />
    </div>
  );
}

function SiteName() {
  const sites = me.value?.sites ?? [];
  const name = site.value?.name ?? "";
  if (sites.length < 2) {
    return (
      <h1 class="site-name">
        <bdi>{name}</bdi>
      </h1>
    );
  }
  const n = waitElsewhere.value;
  const items = sites.map((s) => {
    const waiting = elsewhere.value.find((e) => e.site.id === s.id)?.n ?? 0;
    return { id: s.id, label: s.name, note: waiting > 0 ? t("n_wait", { n: waiting }) : "", checked: s.id === site.value?.id, run: () => chooseSite(s.id) };
  });
  return (
    <h1 class="site-name">
      <Menu label={n > 0 ? t("choose_site_waiting", { name, n }) : t("choose_site", { name })} items={items} placement="bottom-start" class="site-switch">
        <bdi>{name}</bdi> <span aria-hidden="true">▾</span>
        {n > 0 && <span class="count count-queue count-drawn" data-count={n} aria-hidden="true" />}
      </Menu>
    </h1>
  );
}

function Tabs() {
  return (
    <div class="tabs-line">
      <nav class="tabs grow" aria-label={t("lists")}>
        {LISTS.map((name) => {
          const count = name === "closed" ? 0 : name === "mentions" ? unreadMentions.value.size : counts.value[name];
          const on = list.value === name;
          return (
            <a key={name} href={"/console" + deskPath(name)} class={`tab ${on ? "on" : ""}`} aria-current={on ? "page" : undefined}>
              {t(`list_${name}` as Key)}
              {count > 0 && <span class={`count ${name === "queue" ? "count-queue" : ""}`}>{count}</span>}
            </a>
          );
        })}
      </nav>
      <IconButton class="small" label={t("select_several")} aria-pressed={selecting.value} onClick={() => (selecting.value ? unselect() : (selecting.value = true))}>
        <ListChecks size={16} />
      </IconButton>
    </div>
  );
}

const ROW = { comfortable: 72, compact: 54 };

function Rows() {
  const page = pages.value[list.value];
  const { rows, fresh } = shown.value;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtual({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW[settings.value.density],
    getItemKey: (i) => rows[i]?.id ?? i,
    overscan: 8,
  });
  useEffect(() => () => hold(false), []);
  useLayoutEffect(() => virtual.measure(), [settings.value.density]);
  const at = rows.findIndex((r) => r.id === cursor.value);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (page.status === "ready" && page.next && last >= rows.length - 10) void fetchList(list.value, true);
  }, [last, rows.length, page.next]);

  const none = rows.length === 0;
  const waits = list.value === "mine" && counts.value.queue > 0;
  return (
    <div class="rows-place" onPointerMove={(e) => e.pointerType === "mouse" && hold(true)} onPointerLeave={() => hold(false)}>
      {fresh > 0 && (
        <button type="button" class="fresh" onClick={() => (letIn(), virtual.scrollToOffset(0))}>
          {t("n_new", { n: fresh })} <ArrowUp size={14} />
        </button>
      )}
      <div
        ref={scroller}
        class="rows"
        role="listbox"
        tabIndex={0}
        aria-label={t(`list_${list.value}` as Key)}
        aria-multiselectable={selecting.value || selected.value.length > 0 || undefined}
        aria-activedescendant={at >= 0 ? `row-${cursor.value}` : undefined}
        onKeyDown={walk}
      >
        <div role="presentation" class="rows-inner" style={{ height: virtual.getTotalSize() }}>
          {items.map((v) => {
            const row = rows[v.index];
            return row && <RowItem key={row.id} row={row} top={v.start} on={row.id === currentId.value} at={row.id === cursor.value} />;
          })}
        </div>
      </div>
      {none && page.status !== "ready" && page.status !== "error" && <Skeleton kind="row" lines={6} />}
      {none && page.status === "error" && <Trouble message={page.error} retry={() => void fetchList(list.value)} />}
      {none && page.status === "ready" && (
        <Empty icon={<Inbox size={22} />} title={list.value === "queue" && waitElsewhere.value > 0 ? t("empty_queue_here") : t(`empty_${list.value}` as Key)}>
          {(list.value === "queue" || list.value === "mine") && <Elsewhere />}
          {(list.value === "queue" || list.value === "mine") && (
            <a class="button button-plain" href={"/console" + deskPath(waits ? "queue" : "open")}>
              {t(waits ? "see_queue" : "see_all_open")}
            </a>
          )}
          {manages.value && site.value?.start && <a href="/console/start">{t("set_up_on")}</a>}
        </Empty>
      )}
    </div>
  );
}

/** Arrow keys inside the list; letters are handled for the whole page. */
function walk(e: KeyboardEvent): void {
  if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    e.preventDefault();
    moveCursor(e.key === "ArrowDown" ? 1 : -1);
  } else if (e.key === "Enter" && cursor.value) {
    e.preventDefault();
    openConversation(cursor.value);
  }
}

/** Moves the mark in the list by one row. */
export function moveCursor(by: 1 | -1): void {
  const rows = shown.value.rows;
  const at = rows.findIndex((r) => r.id === cursor.value);
  const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
  cursor.value = rows[to]?.id ?? "";
}

/** Goes to the next or previous conversation where somebody waits, else simply the next. */
export function stepWaiting(by: 1 | -1): void {
  const rows = shown.value.rows;
  const at = rows.findIndex((r) => r.id === currentId.value);
  const order = by === 1 ? rows.slice(at + 1) : rows.slice(0, Math.max(0, at)).reverse();
  const to = order.find((r) => r.waiting_since > 0) ?? order[0];
  if (to) openConversation(to.id);
}

function TeamStrip() {
  const others = colleagues.value;
  if (others.length === 0) return null;
  const shownFew = others.slice(0, 8);
  return (
    <footer class="team-strip" aria-label={t("colleagues_here")}>
      <ul>
        {shownFew.map((a) => (
          <li key={a.id} title={`${a.name} · ${standingWords(a, now.value)}`}>
            <Face {...a} size="small" online={a.status === "online"} />
            <span class="sr">
              {a.name}, {standingWords(a, now.value)}
            </span>
          </li>
        ))}
      </ul>
      <span class="quiet">{t("n_colleagues", { n: others.length })}</span>
    </footer>
  );
}

/** Shows a list from a shortcut. */
export function goList(name: ListName): void {
  go(deskPath(name, lastId()));
}
