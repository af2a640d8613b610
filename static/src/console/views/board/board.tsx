import { effect } from "@preact/signals";
import { ArrowRightLeft, CalendarClock, ChartColumn, ChevronDown, Hourglass, Inbox, MessageCircleWarning } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { AtDesk, Board as Now } from "../../../wire/protocol";
import { api, type ApiError } from "../../api";
import { learn, t } from "../../i18n";
import words from "../../i18n/board.json";
import { deskPath } from "../../nav";
import { now } from "../../state/clock";
import { counts, rows } from "../../state/lists";
import { may, site, solo } from "../../state/session";
import { team } from "../../state/team";
import css from "../../styles/board.css?sheet";
import handCss from "../../styles/handover.css?sheet";
import { Face } from "../../ui/face";
import { part } from "../../ui/part";
import { wear } from "../../ui/sheet";
import { Empty, Skeleton, Trouble } from "../../ui/state";
import { standingWords, stopwatch } from "../../words";
import "../order/dress";
import { Page, Section } from "../pages/page";
import { Move } from "./move";
import { moving, picked, QUEUE } from "./picked";
import { Held, Rows } from "./rows";

learn(words);
wear(css);
wear(handCss);

/** What the socket tells of is read together, ms; and all of it again after a while, for what it does not tell. */
const TOGETHER = 2_000;
const AGAIN = 20_000;

/** The board of a site, read again when rows or the team change. */
function useBoard(id: string) {
  const [board, show] = useState<Now | null>(null);
  const [error, fail] = useState("");
  const read = () =>
    api.get<Now>(`board?site=${id}`).then(
      (b) => {
        show(b);
        fail("");
      },
      (err: ApiError) => fail(err.message),
    );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!document.hidden) void read();
        soon(AGAIN);
      }, ms);
    };
    let due = 0;
    const stop = effect(() => {
      void [rows.value, counts.value, team.value];
      // What comes while it is due already does not put it off.
      if (due > Date.now()) return;
      due = Date.now() + TOGETHER;
      soon(TOGETHER);
    });
    show(null);
    void read();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [id]);
  return { board, error, read };
}

const Handovers = part(() => import("../handovers/page"));
const Figures = part(() => import("../figures/page"));

/** The board, or one of the pages beside it. */
export function Board({ part: beside }: { part?: string }) {
  if (beside === "handovers") return <Handovers />;
  return beside === "figures" ? <Figures /> : <Live />;
}

/** Who is there with how much, who waits, and what is late: as it stands now. */
function Live() {
  const { board, error, read } = useBoard(site.value?.id ?? "");
  return (
    <Page at="board" title={t("board")} lead={t("board_lead")} actions={<Beside />}>
      {!board && (error ? <Trouble message={error} retry={() => void read()} /> : <Skeleton kind="row" lines={4} />)}
      {board && error && (
        <p class="board-old" role="status">
          {t("board_old")} {error}
        </p>
      )}
      {board && <Standing board={board} />}
      {board && may("conversation.take_over") && <Move people={board.people} again={() => void read()} />}
    </Page>
  );
}

/** What there is besides the present. */
function Beside() {
  return (
    <nav class="board-beside" aria-label={t("board_reports")}>
      <a class="button button-plain" href="/console/board/figures">
        <ChartColumn size={15} /> {t("figures")}
      </a>
      {!solo.value && (
        <a class="button button-plain" href="/console/board/handovers">
          <ArrowRightLeft size={15} /> {t("board_handovers")}
        </a>
      )}
    </nav>
  );
}

function Standing({ board }: { board: Now }) {
  return (
    <>
      <ul class="board-numbers">
        <Figure href={deskPath("queue")} icon={<Inbox size={18} />} what="waiting" value={String(board.waiting)} />
        <Figure href={deskPath("open", board.rows[0]?.id ?? "")} icon={<Hourglass size={18} />} what="longest" value={board.since ? stopwatch(now.value - board.since) : "0"} />
        <Figure href={deskPath("open")} icon={<MessageCircleWarning size={18} />} what="unanswered" value={String(board.unanswered)} />
        <Figure href="/promises?list=late" icon={<CalendarClock size={18} />} what="late" value={String(board.late)} hot={board.late > 0} />
      </ul>
      {may("conversation.read") && <Section title={t("board_waits")}>{board.rows.length > 0 ? <Rows rows={board.rows} label={t("board_waits")} /> : <Empty icon={<Inbox size={20} />} title={t("board_nobody")} />}</Section>}
      <Section title={t("board_people")} lead={t("board_people_lead")}>
        <ul class="board-people">
          {may("conversation.take_over") && <Queue board={board} />}
          {board.people.map((p) => (
            <Person key={p.id} person={p} board={board} />
          ))}
        </ul>
      </Section>
    </>
  );
}

interface FigureProps {
  href: string;
  icon: preact.ComponentChildren;
  what: "waiting" | "longest" | "unanswered" | "late";
  value: string;
  hot?: boolean;
}

/** A number with what it means, which leads to the conversations behind it. */
function Figure({ href, icon, what, value, hot }: FigureProps) {
  return (
    <li>
      <a class={`board-number ${hot ? "hot" : ""}`} href={"/console" + href}>
        <span class="board-label">
          {icon} {t(`board_${what}`)}
        </span>
        <strong class="figures">{value}</strong>
        <span class="quiet">{t(`board_${what}_means`)}</span>
      </a>
    </li>
  );
}

/** What lets conversations be dropped on it; the same is done by choosing them and Move. */
function dropOn(to: string) {
  if (!may("conversation.take_over")) return {};
  return {
    onDragOver: (e: DragEvent) => picked.value.size > 0 && e.preventDefault(),
    onDrop: (e: DragEvent) => {
      e.preventDefault();
      if (picked.value.size > 0) moving.value = to;
    },
  };
}

/** Unfolds what somebody has. */
function Unfold({ open, label, turn }: { open: boolean; label: string; turn: (on: boolean) => void }) {
  return (
    <button type="button" class="icon-button small" aria-expanded={open} aria-label={label} onClick={() => turn(!open)}>
      <ChevronDown size={16} class={open ? "board-open" : ""} />
    </button>
  );
}

function Queue({ board }: { board: Now }) {
  const [open, turn] = useState(false);
  const id = site.value?.id ?? "";
  return (
    <li {...dropOn(QUEUE)}>
      <Inbox size={20} aria-hidden="true" />
      <span class="board-name">{t("board_into_queue")}</span>
      <span class="board-owes board-queued">{t("board_queued", { n: board.waiting })}</span>
      <Unfold open={open} label={t("board_show_queue")} turn={turn} />
      {open && (
        <div class="board-held">
          <Held site={id} agent="" label={t("board_into_queue")} turn={board} />
        </div>
      )}
    </li>
  );
}

function Person({ person: p, board }: { person: AtDesk; board: Now }) {
  const [open, turn] = useState(false);
  const query = new URLSearchParams({ q: `state:open from:"${p.name}"` });
  const moves = may("conversation.take_over");
  return (
    <li class={p.why ? "board-not" : ""} {...dropOn(p.id)}>
      <Face {...p} size="small" online={!p.why} />
      <span class="board-name">
        <bdi>{p.name}</bdi>
        <span class="quiet">{p.why === "absent" ? t("board_absent") : p.standing ? standingWords(p.standing, now.value) : t("board_gone")}</span>
      </span>
      <a href={`/console/search?${query}`} aria-label={t("board_load_of", { name: p.name, n: p.has, room: p.room })}>
        <meter min={0} max={p.room} value={Math.min(p.has, p.room)} aria-hidden="true" /> {t("board_load", { n: p.has, room: p.room })}
      </a>
      <span class={`board-owes ${p.unanswered ? "figures" : "quiet"}`}>{p.unanswered ? t("board_owes", { n: p.unanswered, time: stopwatch(now.value - p.since) }) : t("board_owes_none")}</span>
      {moves && <Unfold open={open} label={t("board_show_of", { name: p.name })} turn={turn} />}
      {open && (
        <div class="board-held">
          <Held site={site.value?.id ?? ""} agent={p.id} label={t("board_has", { name: p.name })} turn={board} />
        </div>
      )}
    </li>
  );
}
